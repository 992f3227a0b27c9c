import { loadConfig } from '../../src/config.js'
import type { Core } from '../../src/core.js'
import { VISITOR } from '../../src/kernel/permissions.js'
import { type Answer, DEPTH, enterSet, type RetrievalSet } from '../../src/modules/evaluation/index.js'
import { withCore } from './core.js'

export type Mode = 'search' | 'match'

/** Asks as a visitor does, through what the pages and the API call. */
export type Asks = Record<Mode, (text: string) => Promise<Answer>>

export interface Measured {
  documents: number
  ask: Asks
}

export interface MeasuredOptions {
  /** An empty folder for the data. */
  dataDir: string
  signal?: AbortSignal
  onProgress?: (documents: number) => void
}

/** Opens a product of its own in `dataDir`, on the built-in engines, whose firms are the documents of a set. */
export async function withSet<T>(
  set: RetrievalSet,
  { dataDir, signal, onProgress = () => {} }: MeasuredOptions,
  use: (measured: Measured) => Promise<T>,
): Promise<T> {
  return withCore(loadConfig({ DATA_DIR: dataDir, DEMO: 'off' }), async (core) => {
    const { change, records, clock } = core
    const destination = { change, records, clock, park: core.park(), taxonomy: core.taxonomy().taxonomy }
    const documents = await enterSet({ ...destination, ...(signal && { signal }) }, set, onProgress)
    await core.indexing.start()
    return use({ documents, ask: asksOf(core) })
  })
}

/** Opens a product of its own in `dataDir`, on the built-in engines, with the demonstration data as `npm run seed` adds it. */
export async function withDemonstration<T>(dataDir: string, use: (core: Core) => Promise<T>): Promise<T> {
  return withCore(loadConfig({ DATA_DIR: dataDir, DEMO: 'off' }), async (core) => {
    await core.demonstration.add(core.park())
    await core.indexing.start()
    return use(core)
  })
}

export function asksOf(core: Core): Asks {
  return {
    search: async (text) => {
      const { found, total } = await core.providers.list(VISITOR, core.park().id, { q: text, limit: DEPTH })
      return { ranking: idsOf(found), nobody: total === 0 }
    },
    match: async (text) => {
      const { results, nobody } = await core.matcher.match(VISITOR, core.park(), { text, limit: DEPTH })
      return { ranking: idsOf(results), nobody }
    },
  }
}

const idsOf = (found: readonly { record: { externalId: string | null } }[]) =>
  found.flatMap(({ record }) => record.externalId ?? [])
