import type { SearchDocument } from '../port.js'
import { type Condition, isOneOf } from './filter.js'
import { fuse } from './phrases.js'
import type { IndexQuery, RemoteIndex } from './remote-index.js'

/** How many documents are fetched to be ranked by the shared scorer. */
export const WINDOW = 200
/** Folded syllables of Vietnamese are short and common: only the words, taken together, rank. */
const BY_WORDS = { matchingStrategy: 'last' as const, attributesToRetrieve: ['key'], limit: WINDOW }

export interface Best {
  documents: readonly SearchDocument[]
  /** Documents that meet the condition, fetched or not. */
  total: number
}

/**
 * The documents to be ranked: all that meet the condition when they are few, else the best by the fused rankings of several
 * searches. `more`: further searches whose rankings count, by keys.
 */
export async function bestDocuments(
  remote: RemoteIndex,
  within: Condition,
  rankings: readonly string[],
  more: readonly IndexQuery[] = [],
): Promise<Best> {
  const [all, ...ranked] = await remote.search([
    { filter: within, limit: 0 },
    ...rankings.map((q) => ({ ...BY_WORDS, q, filter: within })),
    ...more,
  ])
  const total = all?.total ?? 0
  if (total === 0) return { documents: [], total }
  const keys = fuse(
    ranked.map(({ hits }) => hits.map(({ key }) => key)),
    WINDOW,
  )
  const filter = total > WINDOW ? isOneOf('key', keys) : within
  const [answer] = await remote.search([{ filter, limit: WINDOW, attributesToRetrieve: ['doc'] }])
  return { documents: answer?.hits.map(({ doc }) => doc) ?? [], total }
}
