import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from 'mongoose'
import type { Config } from './config.js'
import {
  createIndexing,
  type EngineIndexing,
  type Indexing,
  type IndexingDeps,
  keptIndexOffsets,
  offsetsRepository,
  type SearchEngines,
  setAsideRepository,
} from './modules/indexing/index.js'
import {
  ANALYSER_VERSION,
  createBuiltinEngine,
  createMeilisearchEngine,
  type ServingSearch,
  type TrialSearch,
  withFallback,
} from './platform/search/index.js'

export interface SearchDeps extends Pick<IndexingDeps, 'records' | 'projections' | 'clock' | 'log'> {
  meilisearch: Config['meilisearch']
  dataDir: string
  db: Connection
  /** What records are read by: documents that were made by another reading are made anew at the start. */
  readBy(): readonly unknown[]
}

export interface Search {
  /** What pages and the matcher ask. */
  search: ServingSearch
  indexing: Indexing
  /** Searches of things as they might be. */
  trials: TrialSearch
  engines: SearchEngines
}

/** Before the names of the product's indexes on a server. */
export const INDEX_PREFIX = 'caunoiso_'
/** Of the data folder: the built-in engine's indexes, which can be made anew at any time. */
const FOLDER = 'search'

const LAG_POLL_MS = 20
const STOP_MS = 2_000
const RESTART_MS = 1_000

/**
 * The engines: the built-in one alone, or a Meilisearch server with the built-in one kept warm beside it. Each follows the change log by
 * itself, so that a server that is away holds up no page and no write.
 */
export function openSearch({ meilisearch, dataDir, db, readBy, ...deps }: SearchDeps): Search {
  const schemas = Object.values(deps.projections).map(({ schema }) => schema)
  const form = () => digest([ANALYSER_VERSION, schemas, readBy()])
  const builtin = createBuiltinEngine({
    folder: join(dataDir, FOLDER),
    onProblem: (problem) => deps.log.error({ problem }, 'the built-in search engine has a problem'),
    onLost: () => again.run(),
  })
  const following = createIndexing({
    ...{ ...deps, engine: 'builtin', search: builtin, setAsideRows: setAsideRepository(db, 'builtin') },
    kept: { offsets: keptIndexOffsets(builtin), form },
  })
  // Not at once: what ended the thread may end the next one, too.
  const again = untilDone(RESTART_MS, following.start, (error) =>
    deps.log.error({ err: error }, 'the built-in search could not be set up again; trying again in 1 s'),
  )
  const own: EngineIndexing = {
    ...following,
    stop: async () => {
      again.stop()
      await following.stop()
    },
  }
  if (!meilisearch) {
    const engines = { all: [own], serving: () => own.engine, lastSwitch: () => null }
    return { search: builtin, indexing: own, trials: builtin, engines }
  }

  const remote = createMeilisearchEngine({ ...meilisearch, prefix: INDEX_PREFIX })
  const name = `meilisearch ${meilisearch.url}`
  const kept = { offsets: offsetsRepository(db, name), form }
  const far = createIndexing({
    ...{ ...deps, engine: 'meilisearch', search: remote, setAsideRows: setAsideRepository(db, name), kept },
  })
  const search = withFallback(remote, builtin, {
    recover: () => far.start(),
    lag: () => far.lag(),
    clock: deps.clock,
    onSwitch: (to, reason) => {
      if (to === 'primary') deps.log.info({ reason }, 'searches go to Meilisearch')
      else deps.log.warn({ reason }, 'searches go to the built-in engine until Meilisearch is well again')
    },
  })
  const inUse = () => (search.lastSwitch().to === 'primary' ? far : own)
  return {
    search,
    trials: builtin,
    indexing: together(own, far, inUse, search.watch),
    engines: { all: [own, far], serving: () => inUse().engine, lastSwitch: search.lastSwitch },
  }
}

/** Both engines kept true; what is waited for is the one that answers. */
const together = (
  own: EngineIndexing,
  far: EngineIndexing,
  inUse: () => EngineIndexing,
  watch: () => void,
): Indexing => ({
  start: async (onBuilt) => {
    await own.start(onBuilt)
    watch()
  },
  poke: () => {
    own.poke()
    far.poke()
  },
  caughtUp: async () => {
    await own.caughtUp()
    // A server that goes away meanwhile is left, and is then not waited for.
    while (inUse() === far && (await far.lag()) > 0) await wait(LAG_POLL_MS)
  },
  remake: async (stale) => {
    await own.remake(stale)
    await far.remake(stale)
  },
  stop: async () => {
    // What a server that hangs has not taken in by then, it is given at the next start.
    await Promise.all([own.stop(), Promise.race([far.stop(), wait(STOP_MS, undefined, { ref: false })])])
  },
})

/** Does something after a while, and again until it is done. Asked for meanwhile, it is still done once. */
function untilDone(ms: number, work: () => Promise<void>, onError: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const attempt = async () => {
    try {
      await work()
      timer = undefined
    } catch (error) {
      timer = undefined
      if (stopped) return
      onError(error)
      run()
    }
  }
  function run(): void {
    if (!stopped) timer ??= setTimeout(attempt, ms).unref()
  }
  const stop = () => {
    stopped = true
    clearTimeout(timer)
  }
  return { run, stop }
}

const digest = (of: unknown) => createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 16)
