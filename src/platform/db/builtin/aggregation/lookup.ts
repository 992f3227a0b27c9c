import { encodeKey } from '../bson/key.js'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { parsePath } from '../query/paths.js'
import { EMPTY, valuesAt } from '../query/tuples.js'
import { compileExpression } from './expressions.js'
import { requireKnown, setAt } from './fields.js'
import type { Stage } from './stages.js'

/** Runs a pipeline on a collection of the same database, with more variables. */
export type RunOn = (collection: string, pipeline: readonly Doc[], variables: Doc) => Iterable<Doc>

const FIELDS = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline']

/** `$lookup`, by equal fields (with whatever index there is), by a pipeline with variables, or both. */
export function lookup(argument: unknown, runOn: RunOn, outer: Doc): Stage {
  if (!isDoc(argument) || typeof argument.from !== 'string' || typeof argument.as !== 'string') {
    throw new MongoError('FailedToParse', "$lookup needs 'from' and 'as' as strings")
  }
  requireKnown(argument, FIELDS, 'FailedToParse', 'unknown argument to $lookup')
  const { from, as, localField, foreignField } = argument
  const byField = typeof localField === 'string' && typeof foreignField === 'string'
  if (!byField && !Array.isArray(argument.pipeline)) {
    throw new MongoError(
      'FailedToParse',
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    )
  }
  const pipeline = (argument.pipeline ?? []) as readonly Doc[]
  const variables = Object.entries(isDoc(argument.let) ? argument.let : {}).map(([name, expression]) => ({
    name,
    compute: compileExpression(expression, outer),
  }))
  const target = as.split('.')
  const cached = variables.length === 0 ? new Map<string, Doc[]>() : undefined
  return function* (documents) {
    for (const doc of documents) {
      const first = byField ? [{ $match: equalTo(foreignField, localValues(doc, localField)) }] : []
      const key = byField ? encodeKey(first[0]?.$match).toString('latin1') : ''
      let joined = cached?.get(key)
      if (!joined) {
        const values = Object.fromEntries(variables.map(({ name, compute }) => [name, compute(doc) ?? null]))
        joined = [...runOn(from, [...first, ...pipeline], values)]
        cached?.set(key, joined)
      }
      yield setAt(doc, target, joined)
    }
  }
}

/** What is missing counts as null, unless other elements of an array on the way have the field. */
function localValues(doc: Doc, field: string): unknown[] {
  const values = valuesAt(doc, parsePath(field)).filter((value) => value !== EMPTY)
  const present = values.filter((value) => value !== undefined)
  return present.length === 0 && values.length > 0 ? [null] : present
}

function equalTo(field: string, values: readonly unknown[]): Doc {
  const [only] = values
  return { [field]: values.length === 1 ? { $eq: only } : { $in: values } }
}
