import { Long } from 'bson'
import { type Doc, isDoc, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { parsePath } from '../query/paths.js'
import { EMPTY, valuesAt } from '../query/tuples.js'
import { compileExpression } from './expressions.js'
import { requireKnown, setAt } from './fields.js'
import type { RunOn } from './lookup.js'
import { keyed } from './operators/arrays.js'
import type { Stage } from './stages.js'

const TEXTS = ['from', 'connectFromField', 'connectToField', 'as']

/** `$graphLookup`: what can be reached from a document, step by step, with whatever index there is; each document once. */
export function graphLookup(argument: unknown, runOn: RunOn, variables: Doc): Stage {
  const known = [...TEXTS, 'startWith', 'maxDepth', 'depthField', 'restrictSearchWithMatch']
  requireKnown(argument, known, 'Location40104', 'Unknown argument to $graphLookup')
  const spec = isDoc(argument) ? argument : {}
  if (!TEXTS.every((name) => typeof spec[name] === 'string') || spec.startWith === undefined) {
    const needed =
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified"
    throw new MongoError('Location40105', needed)
  }
  const {
    from,
    connectFromField,
    connectToField,
    as,
    depthField,
    restrictSearchWithMatch = {},
  } = spec as Record<string, string>
  const start = compileExpression(spec.startWith, variables)
  const most = spec.maxDepth === undefined ? Number.POSITIVE_INFINITY : toNumber(spec.maxDepth)
  if (!(most >= 0)) throw new MongoError('Location40101', 'maxDepth requires a nonnegative argument')
  const next = parsePath(connectFromField ?? '')
  const withDepth = (doc: Doc, depth: number): Doc =>
    depthField === undefined ? doc : setAt(doc, depthField.split('.'), Long.fromNumber(depth))

  const reachable = (doc: Doc): Doc[] => {
    const found = new Map<string, Doc>()
    const asked = new Set<string>()
    let values = keyed([start(doc)].flat().filter((value) => value !== undefined))
    for (let depth = 0; depth <= most && values.size > 0; depth++) {
      for (const key of values.keys()) asked.add(key)
      const filter = { $and: [{ [connectToField ?? '']: { $in: [...values.values()] } }, restrictSearchWithMatch] }
      const fresh = keyedDocs([...runOn(from ?? '', [{ $match: filter }], {})]).filter(([key]) => !found.has(key))
      for (const [key, each] of fresh) found.set(key, withDepth(each, depth))
      const onward = fresh.flatMap(([, each]) =>
        valuesAt(each, next).filter((value) => value !== EMPTY && value !== undefined),
      )
      values = new Map([...keyed(onward)].filter(([key]) => !asked.has(key)))
    }
    return [...found.values()]
  }
  return function* (documents) {
    for (const doc of documents) yield setAt(doc, (as ?? '').split('.'), reachable(doc))
  }
}

const keyedDocs = (docs: readonly Doc[]): [string, Doc][] => {
  const ids = new Map(docs.map((doc) => [doc._id, doc]))
  return [...keyed([...ids.keys()])].map(([key, id]) => [key, ids.get(id) ?? {}])
}
