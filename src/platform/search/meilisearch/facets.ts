import { decodeText, encodeText } from './encoding.js'
import { all, type Condition, isOneOf } from './filter.js'
import type { IndexQuery } from './remote-index.js'
import type { ServerAnswer } from './server.js'

type Selected = Readonly<Record<string, readonly string[]>>
type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>

const label = (field: string) => `label.${field}`

/** The chosen values: any of one field's, all fields together. `without`: a field whose choice does not count. */
export const chosen = (selected: Selected, without?: string): Condition =>
  all(
    Object.entries(selected)
      .filter(([field, values]) => values.length > 0 && field !== without)
      .map(([field, values]) => isOneOf(label(field), values.map(encodeText))),
  )

/**
 * Queries that count facets: one for the fields without a choice, and for each other one that leaves its own choice away, so that
 * its other values show what choosing them would give.
 */
export function facetQueries(within: Condition, selected: Selected, facets: readonly string[]): IndexQuery[] {
  const own = facets.filter((field) => (selected[field]?.length ?? 0) > 0)
  const free = facets.filter((field) => !own.includes(field))
  const ask = (fields: readonly string[], filter: Condition): IndexQuery => ({
    filter,
    limit: 0,
    facets: fields.map(label),
  })
  return [
    ...(free.length > 0 ? [ask(free, all([within, chosen(selected)]))] : []),
    ...own.map((field) => ask([field], all([within, chosen(selected, field)]))),
  ]
}

/** The counts by field and value as they were given. */
export function countsOf(answers: readonly ServerAnswer[], facets: readonly string[]): Counts {
  const found = Object.assign({}, ...answers.map((answer) => answer.facets)) as Counts
  return Object.fromEntries(
    facets.map((field) => [
      field,
      Object.fromEntries(Object.entries(found[label(field)] ?? {}).map(([value, count]) => [decodeText(value), count])),
    ]),
  )
}
