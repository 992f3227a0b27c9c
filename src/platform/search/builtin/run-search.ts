import type { Hit, Query, SearchResult } from '../port.js'
import { AS_TYPED, explain, textsOfFirst } from '../reading/explain.js'
import { applyFacets } from './facets.js'
import { highlightsOf, readingMatcher } from './hit-highlights.js'
import { best, bestScored, makeOrder } from './ranking.js'
import type { IndexReader } from './reader.js'
import { textSearch } from './text-search.js'

const DEFAULT_LIMIT = 20

/** Answers one query. Throws `UnknownField` before anything is searched. */
export function runSearch(reader: IndexReader, query: Query): SearchResult {
  const { q = '', literal = false, facets = [], selected = {}, sort = [], highlight = [] } = query
  for (const field of highlight) reader.checkText(field)
  for (const field of [...facets, ...Object.keys(selected)]) reader.filterable(field)
  for (const { field } of sort) reader.sortable(field)
  const found = textSearch(reader, q, literal, reader.predicate(query.filter))
  const { hits, counts } = applyFacets(found.slots, selected, facets, (field) => reader.filterable(field))

  const offset = wholeNumber(query.offset, 0)
  const id = (slot: number) => reader.index.documents.id(slot)
  const upTo = offset + wholeNumber(query.limit, DEFAULT_LIMIT)
  const columns = sort.map(({ field, order }) => ({ column: reader.sortable(field), order }))
  const score = (slot: number) => found.scores[slot] ?? 0
  const first =
    sort.length > 0 ? best(hits, upTo, makeOrder(columns, score, id)) : bestScored(hits, upTo, found.scores, id)
  const page = first.slice(offset)
  const matcher = found.reading && highlight.length > 0 ? readingMatcher(found.reading) : null
  const shown = page.flatMap((slot): Hit[] => {
    const document = reader.index.document(slot)
    if (!document) return []
    const highlights = matcher ? highlightsOf(document, highlight, matcher) : {}
    return [{ id: document.id, score: score(slot), document, highlights }]
  })
  return {
    hits: shown,
    total: hits.length,
    facets: counts,
    ...(found.reading && !literal
      ? explain(
          found.reading,
          { total: hits.length, texts: textsOfFirst(shown, reader.index.schema) },
          reader.lexicon,
          reader.catalogue,
        )
      : AS_TYPED),
    relaxed: found.relaxed,
  }
}

const wholeNumber = (value: number | undefined, otherwise: number) =>
  value === undefined || !Number.isFinite(value) ? otherwise : Math.max(0, Math.floor(value))
