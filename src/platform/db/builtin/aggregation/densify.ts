import { compare } from '../bson/compare.js'
import { type Doc, isDoc, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { compileExpression } from './expressions.js'
import { requireKnown, setAt } from './fields.js'
import { later } from './operators/calendar.js'
import { isNil, isNumeric, NUMBER_OPERATORS } from './operators/numbers.js'
import { partitions } from './partitions.js'
import type { Stage, StageContext } from './stages.js'

/** As MongoDB's internalQueryMaxAllowedDensifyDocs. */
const MOST = 500_000

/** `$densify`: adds documents where a field leaves out a step, within each part. */
export function densify(argument: unknown, { variables }: StageContext): Stage {
  requireKnown(argument, ['field', 'partitionByFields', 'range'], 'Location40415', 'unknown field of $densify')
  const { field, partitionByFields = [], range } = isDoc(argument) ? argument : {}
  if (typeof field !== 'string' || !isDoc(range))
    throw new MongoError('Location40414', "$densify needs 'field' and 'range'")
  requireKnown(range, ['step', 'bounds', 'unit'], 'Location40415', 'unknown field of the range of $densify')
  const { bounds, unit } = range
  if (!(toNumber(range.step) > 0))
    throw new MongoError(
      'Location5733401',
      'the step parameter in a range statement must be a strictly positive numeric value',
    )
  if (!Array.isArray(bounds) && bounds !== 'full' && bounds !== 'partition')
    throw new MongoError('Location5946802', "a bounding string must be either 'full' or 'partition'")
  const names = (partitionByFields as unknown[]).map(String)
  const partOf = compileExpression(
    names.map((name) => `$${name}`),
    variables,
  )
  const path = field.split('.')
  const fieldOf = compileExpression(`$${field}`)
  const placeOf = (doc: Doc): unknown => {
    const value = fieldOf(doc)
    const fits = unit === undefined ? isNumeric(value) : value instanceof Date
    if (!isNil(value) && !fits)
      throw new MongoError(
        'Location5733201',
        'PlanExecutor error: densify field type must be numeric, or a date where there is a unit',
      )
    return value
  }
  const after = (from: unknown, steps: number): unknown =>
    unit === undefined
      ? NUMBER_OPERATORS.$add?.(from, NUMBER_OPERATORS.$multiply?.(range.step, steps))
      : later(from as Date, unit, toNumber(range.step) * steps)

  function* filled(docs: readonly Doc[], part: unknown, [least, most]: readonly unknown[], budget: { left: number }) {
    const empty = names.reduce((doc, name, i) => setAt(doc, name.split('.'), (part as unknown[])[i] ?? undefined), {})
    const inside = (value: unknown) => compare(value, most) < (Array.isArray(bounds) ? 0 : 1)
    let steps = 0
    let value = least
    const upTo = function* (end: unknown) {
      for (; inside(value) && (end === undefined || compare(value, end) < 0); value = after(least, ++steps)) {
        if (budget.left-- === 0)
          throw new MongoError('Location5897900', `Generated more than ${MOST} documents in $densify`)
        yield setAt(empty, path, value)
      }
    }
    for (const doc of docs) {
      const place = placeOf(doc)
      yield* upTo(place)
      if (compare(value, place) === 0) value = after(least, ++steps)
      yield doc
    }
    yield* upTo(undefined)
  }

  return function* (documents) {
    const all = [...documents]
    const valued = all.filter((doc) => !isNil(placeOf(doc))).sort((a, b) => compare(placeOf(a), placeOf(b)))
    yield* all.filter((doc) => isNil(placeOf(doc)))
    const ends = (docs: readonly Doc[]) => [docs[0], docs.at(-1)].map((doc) => doc && placeOf(doc))
    const parts = partitions(valued, partOf)
    const budget = { left: MOST }
    for (const { key, docs } of parts.length === 0 && Array.isArray(bounds) ? [{ key: [], docs: [] }] : parts) {
      yield* filled(docs, key, Array.isArray(bounds) ? bounds : ends(bounds === 'full' ? valued : docs), budget)
    }
  }
}
