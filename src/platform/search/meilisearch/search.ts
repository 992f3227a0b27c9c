import { coverageFactor } from '../builtin/coverage.js'
import { highlightsOf, readingMatcher } from '../builtin/hit-highlights.js'
import { makePlan } from '../builtin/plan.js'
import { best, makeOrder } from '../builtin/ranking.js'
import type { Hit, Query, SearchDocument, SearchResult } from '../port.js'
import { AS_TYPED, explain, textsOfFirst } from '../reading/explain.js'
import { parseQuery } from '../reading/parse.js'
import type { Reading } from '../reading/reading.js'
import { bestDocuments, WINDOW } from './best-documents.js'
import { candidateReader, weighedWords } from './candidates.js'
import { checkFields } from './checks.js'
import { documentKey } from './encoding.js'
import { chosen, countsOf, facetQueries } from './facets.js'
import { all, type Condition, isOneOf, not, toCondition } from './filter.js'
import type { RemoteIndex } from './remote-index.js'
import { rankings, textMatches } from './text-matches.js'
import { operatorConditions } from './word-filter.js'

const DEFAULT_LIMIT = 20

type Ranked = Pick<Hit, 'document' | 'score'>

/** Answers one query. Throws `UnknownField` before anything is asked of the server. */
export async function runRemoteSearch(remote: RemoteIndex, query: Query): Promise<SearchResult> {
  checkFields(query, remote.name, remote.schema)
  const { filter, selected = {}, facets = [], highlight = [] } = query
  const { tokens, phrases, excluded } = parseQuery(query.q ?? '')
  const base = filter ? [toCondition(filter, remote.name, remote.schema.filterable)] : []
  const asked = all([...base, ...operatorConditions(phrases, excluded)])
  const words = [...tokens, ...phrases.flat()]
  const found = words.length > 0 ? await textMatches(remote, words, query.literal ?? false, asked) : null
  const within = found ? all([asked, found.condition]) : asked
  const [{ hits, total }, counts] = await Promise.all([
    page(remote, all([within, chosen(selected)]), query, found?.reading ?? null),
    remote.search(facetQueries(within, selected, facets)),
  ])
  const matcher = found && highlight.length > 0 ? readingMatcher(found.reading) : null
  return {
    hits: hits.map(({ document, score }) => ({
      id: document.id,
      score,
      document,
      highlights: matcher ? highlightsOf(document, highlight, matcher) : {},
    })),
    total,
    facets: countsOf(counts, facets),
    ...(found && !query.literal ? await told(remote, found.reading, { hits, total }) : AS_TYPED),
    relaxed: found?.relaxed ?? false,
  }
}

const told = (remote: RemoteIndex, reading: Reading, { hits, total }: { hits: readonly Ranked[]; total: number }) =>
  remote.read((catalogue) =>
    explain(reading, { total, texts: textsOfFirst(hits, remote.schema) }, remote.words.lexicon, catalogue),
  )

/** One page of what is within. What the scorer has not seen comes after what it has, by id. */
async function page(
  remote: RemoteIndex,
  within: Condition,
  { sort = [], offset, limit }: Query,
  reading: Reading | null,
): Promise<{ hits: readonly Ranked[]; total: number }> {
  const from = wholeNumber(offset, 0)
  const count = wholeNumber(limit, DEFAULT_LIMIT)
  const byServer = async (filter: Condition, start: number, length: number): Promise<Ranked[]> => {
    const order = [...sort.map(({ field, order }) => `order.field-${field}:${order}`), 'order.id:asc']
    const [answer] = await remote.search([
      { filter, offset: start, limit: length, sort: order, attributesToRetrieve: ['doc'] },
    ])
    return answer?.hits.map(({ doc }) => ({ document: doc, score: 0 })) ?? []
  }
  if (!reading) {
    const [answer] = await remote.search([{ filter: within, limit: 0 }])
    const hits = count > 0 ? await byServer(within, from, count) : []
    return { hits, total: answer?.total ?? 0 }
  }
  const { documents, total } = await bestDocuments(remote, within, await rankings(remote, reading))
  if (total > WINDOW && sort.length > 0) return { hits: await byServer(within, from, count), total }
  const ranked = await rank(remote, documents, reading, sort)
  const hits = ranked.slice(from, from + count)
  const missing = count - hits.length
  if (total <= ranked.length || missing === 0) return { hits, total }
  const seen = ranked.map(({ document }) => documentKey(document.id))
  const rest = await byServer(all([within, not(isOneOf('key', seen))]), Math.max(0, from - ranked.length), missing)
  return { hits: [...hits, ...rest], total }
}

/** Ranks documents by the scorer of the engine inside the process. */
async function rank(
  remote: RemoteIndex,
  documents: readonly SearchDocument[],
  reading: Reading,
  sort: Query['sort'] = [],
): Promise<Ranked[]> {
  const weighed = weighedWords(reading.words)
  const { index, scanner, evaluator } = await remote.read((catalogue) =>
    candidateReader(remote, documents, catalogue, weighed),
  )
  const plan = makePlan(reading, index, scanner, { prefix: true })
  const scores = evaluator.run(plan)
  const factor = coverageFactor(plan, reading)
  const score = (slot: number) => scores.score(slot) * factor(scores.mask(slot))
  const order = makeOrder(
    sort.flatMap(({ field, order: direction }) => {
      const column = index.column(field)
      return column ? [{ column, order: direction }] : []
    }),
    score,
    (slot) => index.documents.id(slot),
  )
  return best([...index.liveSlots()], documents.length, order).flatMap((slot) => {
    const document = index.document(slot)
    return document ? [{ document, score: score(slot) }] : []
  })
}

const wholeNumber = (value: number | undefined, otherwise: number) =>
  value === undefined || !Number.isFinite(value) ? otherwise : Math.max(0, Math.floor(value))
