import { type Filter, type IndexName, UnknownField } from '../port.js'
import { encodeText, presenceToken, valueToken } from './encoding.js'

/** A condition in the server's filter language. */
export type Condition = string

export const EVERYTHING: Condition = 'key EXISTS'
export const NOTHING: Condition = 'NOT key EXISTS'

/** A value in quotes. The values in use hold no backslash, which the server cannot take before a quote. */
const quote = (value: string) => `"${value.replaceAll('\\', ' ').replaceAll('"', '\\"')}"`

export function all(conditions: readonly Condition[]): Condition {
  const distinct = [...new Set(conditions)].filter((condition) => condition !== EVERYTHING)
  if (distinct.includes(NOTHING)) return NOTHING
  return distinct.length === 0 ? EVERYTHING : join(distinct, 'AND')
}

export function any(conditions: readonly Condition[]): Condition {
  const distinct = [...new Set(conditions)].filter((condition) => condition !== NOTHING)
  if (distinct.includes(EVERYTHING)) return EVERYTHING
  return distinct.length === 0 ? NOTHING : join(distinct, 'OR')
}

export const not = (condition: Condition): Condition => `NOT (${condition})`

/** An attribute has one of the values. */
export const isOneOf = (attribute: string, values: readonly string[]): Condition =>
  values.length === 0 ? NOTHING : `${quote(attribute)} IN [${[...new Set(values)].map(quote).join(', ')}]`

const join = (conditions: readonly Condition[], operator: string) =>
  conditions.length === 1
    ? (conditions[0] ?? EVERYTHING)
    : conditions.map((condition) => `(${condition})`).join(` ${operator} `)

/** Translates a filter tree. Throws `UnknownField` for a field that is not filterable. */
export function toCondition(filter: Filter, index: IndexName, filterable: readonly string[]): Condition {
  const part = (inner: Filter) => toCondition(inner, index, filterable)
  if ('field' in filter && !filterable.includes(filter.field)) throw new UnknownField(index, filter.field)
  switch (filter.op) {
    case 'and':
      return all(filter.filters.map(part))
    case 'or':
      return any(filter.filters.map(part))
    case 'not':
      return not(part(filter.filter))
    case 'exists':
      return isOneOf('alias.values', [presenceToken(filter.field)])
    case 'eq':
      return isOneOf('alias.values', [valueToken(filter.field, filter.value)])
    case 'in':
      return isOneOf(
        'alias.values',
        filter.values.map((value) => valueToken(filter.field, value)),
      )
    case 'gte':
      return range(filter.field, '>=', filter.value)
    case 'lte':
      return range(filter.field, '<=', filter.value)
    case 'between':
      return between(filter.field, filter.from, filter.to)
  }
}

function range(field: string, operator: '>=' | '<=', bound: number | string): Condition {
  const [attribute, value] = comparable(field, bound)
  return `${quote(attribute)} ${operator} ${value}`
}

/** One and the same item of a list has to lie between the bounds. */
function between(field: string, from: number | string, to: number | string): Condition {
  const [attribute, low] = comparable(field, from)
  const [other, high] = comparable(field, to)
  return attribute === other ? `${quote(attribute)} ${low} TO ${high}` : NOTHING
}

/** Numbers are compared with numbers and texts with texts. */
const comparable = (field: string, bound: number | string): [attribute: string, value: string] =>
  typeof bound === 'number' ? [`number.${field}`, String(bound)] : [`text.${field}`, quote(encodeText(bound))]
