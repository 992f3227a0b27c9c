import { type IndexName, type IndexSchema, type Query, UnknownField } from '../port.js'

/** Throws `UnknownField` for a field that the query uses otherwise than the schema allows. */
export function checkFields(query: Query, index: IndexName, { text, filterable, sortable }: IndexSchema): void {
  const { facets = [], selected = {}, sort = [], highlight = [] } = query
  const refuse = (fields: readonly string[], allowed: readonly string[]) => {
    for (const field of fields) if (!allowed.includes(field)) throw new UnknownField(index, field)
  }
  refuse(highlight, Object.keys(text))
  refuse([...facets, ...Object.keys(selected)], filterable)
  refuse(
    sort.map(({ field }) => field),
    sortable,
  )
}
