import { compare } from '../bson/compare.js'
import { encodeKey } from '../bson/key.js'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { type CompiledAccumulator, compileAccumulator } from './accumulate.js'
import { compileExpression, type Evaluator } from './expressions.js'
import { requireKnown, wholeNumber } from './fields.js'
import { checkOperators } from './operators.js'
import type { Stage, StageContext } from './stages.js'

/** `$group`: documents with equal keys, by BSON's equality, are taken together. */
export function group(argument: unknown, context: StageContext): Stage {
  if (!isDoc(argument) || !('_id' in argument)) {
    throw new MongoError('Location15955', 'a group specification must include an _id')
  }
  const { _id, ...fields } = argument
  return groupBy(compileExpression(_id, context.variables), fields, context)
}

function groupBy(keyOf: Evaluator, fields: Doc, context: StageContext): Stage {
  const outputs = Object.entries(fields).map(([name, spec]) => ({ name, ...accumulatorOf(name, spec, context) }))
  return function* (documents) {
    const groups = new Map<string, { key: unknown; columns: unknown[][] }>()
    for (const doc of documents) {
      const key = keyOf(doc) ?? null
      const name = encodeKey(key).toString('latin1')
      const group = groups.get(name) ?? { key, columns: outputs.map(() => []) }
      groups.set(name, group)
      for (const [i, { input }] of outputs.entries()) group.columns[i]?.push(input(doc))
    }
    for (const { key, columns } of groups.values()) {
      const results = outputs.map(({ name, fold }, i) => [name, fold(columns[i] ?? [], key)] as const)
      yield { _id: key, ...Object.fromEntries(results) }
    }
  }
}

function accumulatorOf(name: string, spec: unknown, { variables }: StageContext): CompiledAccumulator {
  const [only, ...others] = isDoc(spec) ? Object.entries(spec) : []
  if (!only || others.length > 0) {
    throw new MongoError('Location40234', `The field '${name}' must be an accumulator object`)
  }
  const compiled = compileAccumulator(only[0], only[1], variables)
  checkOperators(spec)
  return compiled
}

/** `$sortByCount`: how often each value occurs, the most frequent first. */
export function sortByCount(argument: unknown, context: StageContext): Stage {
  const counted = group({ _id: argument, count: { $sum: 1 } }, context)
  return (documents) => [...counted(documents)].sort((a, b) => compare(b.count, a.count))
}

/** `$bucket`: groups by the range, closed below and open above, in which a value lies. */
export function bucket(argument: unknown, context: StageContext): Stage {
  const { groupBy: by, boundaries, output = { count: { $sum: 1 } }, ...rest } = isDoc(argument) ? argument : {}
  requireKnown(
    argument,
    ['groupBy', 'boundaries', 'output', 'default'],
    'Location40197',
    'unrecognized option to $bucket',
  )
  if (!Array.isArray(boundaries) || boundaries.length < 2) {
    throw new MongoError('Location40192', "The $bucket 'boundaries' field must be an array of at least two values")
  }
  if (boundaries.some((bound, i) => i > 0 && compare(boundaries[i - 1], bound) >= 0)) {
    throw new MongoError('Location40194', "The 'boundaries' option to $bucket must be sorted")
  }
  const compute = compileExpression(by, context.variables)
  const rangeOf = (doc: Doc): unknown => {
    const value = compute(doc)
    const above = boundaries.findIndex((bound) => compare(value, bound) < 0)
    if (above > 0) return boundaries[above - 1]
    if ('default' in rest) return rest.default
    throw new MongoError(
      'Location40066',
      '$bucket could not find a matching bucket for an input, and no default was specified',
    )
  }
  const grouped = groupBy(rangeOf, output as Doc, context)
  return (documents) => [...grouped(documents)].sort((a, b) => compare(a._id, b._id))
}

/** `$bucketAuto`: groups of about the same size by the order of a value; equal ones stay together. */
export function bucketAuto(argument: unknown, context: StageContext): Stage {
  const { groupBy: by, buckets, output = { count: { $sum: 1 } }, granularity } = isDoc(argument) ? argument : {}
  const known = ['groupBy', 'buckets', 'output', 'granularity']
  requireKnown(argument, known, 'Location40245', 'unrecognized option to $bucketAuto')
  if (granularity !== undefined) throw notImplemented('$bucketAuto with granularity')
  const number = wholeNumber('$bucketAuto', buckets, 1)
  const compute = compileExpression(by, context.variables)
  const ranges = new Map<Doc, Doc>()
  const grouped = groupBy((doc) => ranges.get(doc), output as Doc, context)
  return (documents) => {
    const sorted = Array.from(documents, (doc) => ({ doc, key: compute(doc) ?? null })).sort((a, b) =>
      compare(a.key, b.key),
    )
    const size = Math.max(1, Math.round(sorted.length / number))
    for (let start = 0, bucket = 1; start < sorted.length; bucket++) {
      let end = bucket === number ? sorted.length : Math.min(start + size, sorted.length)
      while (end < sorted.length && compare(sorted[end - 1]?.key, sorted[end]?.key) === 0) end++
      const range = { min: sorted[start]?.key, max: (sorted[end] ?? sorted.at(-1))?.key }
      for (const { doc } of sorted.slice(start, end)) ranges.set(doc, range)
      start = end
    }
    return grouped(sorted.map(({ doc }) => doc))
  }
}
