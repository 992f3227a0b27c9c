import { join } from 'node:path'
import { type Config, loadConfig } from '../../src/config.js'
import type { Core } from '../../src/core.js'
import type { Clock } from '../../src/kernel/clock.js'
import { VISITOR } from '../../src/kernel/permissions.js'
import {
  type Answer,
  type AnsweredSet,
  DEPTH,
  enterSet,
  type JudgedNeed,
  openAnsweredSets,
  openJudgedSet,
  type RetrievalSet,
} from '../../src/modules/evaluation/index.js'
import { type MatchAnswer, type Matcher, type MatcherDeps, matcher } from '../../src/modules/matching/index.js'
import { PROJECT_ROOT } from '../../src/platform/project-root.js'
import { withCore } from './core.js'
import { type EndpointAsked, withMeasuredMeaning } from './measured-meaning.js'

export type Mode = 'search' | 'match'

/** Asks as a visitor does, through what the pages and the API call. */
export type Asks = Record<Mode, (text: string) => Promise<Answer>>

export interface Measured {
  core: Core
  documents: number
  ask: Asks
  endpoint: EndpointAsked | undefined
}

export interface MeasuredOptions {
  /** An empty folder for the data. */
  dataDir: string
  /** An endpoint that has a part in matching; without it none has. */
  embeddings?: Config['embeddings']
  signal?: AbortSignal
  onProgress?: (documents: number) => void
}

/** Opens a product of its own in `dataDir`, on the built-in engines, whose firms are the documents of a set. */
export async function withSet<T>(
  set: RetrievalSet,
  { dataDir, embeddings, signal, onProgress = () => {} }: MeasuredOptions,
  use: (measured: Measured) => Promise<T>,
): Promise<T> {
  return withCore(emptyAt(dataDir, embeddings), async (core) => {
    const { change, records, clock } = core
    const destination = { change, records, clock, park: core.park(), taxonomy: core.taxonomy().taxonomy }
    const documents = await enterSet({ ...destination, ...(signal && { signal }) }, set, onProgress)
    await core.indexing.start()
    const { core: measured, asked } = await meant(core, embeddings, signal)
    return use({ core: measured, documents, ask: asksOf(measured, measuredMatcher(measured)), endpoint: asked })
  })
}

/** Opens a product of its own in `dataDir`, on the built-in engines, with the demonstration data as `npm run seed` adds it. */
export async function withDemonstration<T>(
  { dataDir, embeddings, signal }: Omit<MeasuredOptions, 'onProgress'>,
  use: (measured: Pick<Measured, 'core' | 'endpoint'>) => Promise<T>,
): Promise<T> {
  return withCore(emptyAt(dataDir, embeddings), async (core) => {
    await core.demonstration.add(core.park())
    await core.indexing.start()
    const { core: measured, asked } = await meant(core, embeddings, signal)
    return use({ core: measured, endpoint: asked })
  })
}

const emptyAt = (dataDir: string, embeddings: Config['embeddings']): Config => ({
  ...loadConfig({ DATA_DIR: dataDir, DEMO: 'off' }),
  embeddings,
})

const meant = async (core: Core, embeddings: Config['embeddings'], signal?: AbortSignal) =>
  embeddings ? withMeasuredMeaning(core, embeddings, signal) : { core, asked: undefined }

/** The needs that come with the project. */
export const judgedNeeds = (): Promise<readonly JudgedNeed[]> =>
  openJudgedSet(join(PROJECT_ROOT, 'test/eval/judged/needs.json'))

/** The sets that come with the project of needs which somebody answers or nobody. */
export const answeredSets = (): Promise<readonly AnsweredSet[]> =>
  openAnsweredSets(join(PROJECT_ROOT, 'test/eval/answered'))

/**
 * When what is measured is asked. What is told from today ("before Tet") and whose turn it is among near-ties would otherwise make the
 * figures others from day to day.
 */
const measuringClock: Clock = () => new Date('2026-11-24T05:00:00Z')

/** The product's matcher as it is measured, with some of its parts replaced. */
export const measuredMatcher = (
  { search, providers, taxonomy, lexicon, weights, meaning }: Core,
  replaced: Partial<MatcherDeps> = {},
): Matcher => {
  const parts = { search, providers, taxonomy, lexicon, weights, meaning: meaning?.nearness }
  return matcher({ ...parts, clock: measuringClock, ...replaced })
}

export function asksOf(core: Core, matcher: Pick<Matcher, 'match'> = core.matcher): Asks {
  return {
    search: async (text) => {
      const { found, total } = await core.providers.list(VISITOR, core.park().id, { q: text, limit: DEPTH })
      return { ranking: idsOf(found), nobody: total === 0 }
    },
    match: async (text) => {
      const { results, verdict } = await matcher.match(VISITOR, core.park(), { text, limit: DEPTH })
      return { ranking: idsOf(results), nobody: verdict !== 'answered' }
    },
  }
}

const idsOf = (found: readonly { record: { externalId: string | null } }[]) =>
  found.flatMap(({ record }) => record.externalId ?? [])

/** An answer of the matcher, with what it took the question for. */
export type MatcherAnswer = Answer & Pick<MatchAnswer, 'understood'>

/** Asks the matcher for the order alone, without the reasons and the records that a page shows with it: the same firms, in less time. */
export async function rankingOf(
  { records, park, matcher: own }: Core,
  matcher: Pick<Matcher, 'rank'> = own,
): Promise<(text: string) => Promise<MatcherAnswer>> {
  const externalIds = new Map<string, string>()
  for await (const { id, externalId } of records.each('provider'))
    if (externalId !== null) externalIds.set(id, externalId)
  return async (text) => {
    const { ranked, ...answer } = await matcher.rank(VISITOR, park(), { text })
    return { ...answer, ranking: ranked.flatMap(({ id }) => externalIds.get(id) ?? []) }
  }
}
