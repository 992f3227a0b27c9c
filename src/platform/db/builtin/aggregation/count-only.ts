import { equal } from '../bson/compare.js'
import { type Doc, isDoc, Rank, rankOf, toNumber } from '../bson/values.js'
import type { Collection } from '../storage/collection.js'
import { compileQuery, countMatches } from '../storage/match.js'
import type { NamedStage, PipelineSource } from './pipeline.js'

/**
 * `[$match, $skip?, $limit?, { $group: { _id: constant, n: { $sum: 1 } } }]` is how drivers count: no document is kept for it,
 * and where the keys of an index tell, or there are no conditions, none is read.
 * @returns the result of such a pipeline; undefined for any other
 */
export function countOnly(
  { view, collation, hint }: PipelineSource,
  collection: Collection | undefined,
  stages: readonly NamedStage[],
  variables: Doc,
): Doc[] | undefined {
  const [first, ...rest] = stages
  const id = countedId(rest.pop())
  if (first?.name !== '$match' || id === undefined) return undefined
  const skip = rest[0]?.name === '$skip' ? toNumber(rest.shift()?.argument) : 0
  const limit = rest[0]?.name === '$limit' ? toNumber(rest.shift()?.argument) : Number.POSITIVE_INFINITY
  if (rest.length > 0 || !(skip >= 0) || !(limit >= 1)) return undefined
  const query = compileQuery({ filter: first.argument, collation, hint, let: variables, orderless: true }, collection)
  const found = collection ? countMatches(view, collection, query, skip + limit) : 0
  const n = Math.min(Math.max(found - skip, 0), limit)
  return n > 0 ? [{ _id: id, n }] : []
}

/** The constant _id of a `$group` that does nothing but count. */
function countedId(stage: NamedStage | undefined): unknown {
  if (stage?.name !== '$group' || !isDoc(stage.argument)) return undefined
  const { _id, n, ...others } = stage.argument
  const constant = _id === null || rankOf(_id) === Rank.Number
  return constant && equal(n, { $sum: 1 }) && Object.keys(others).length === 0 ? _id : undefined
}
