import type { Long } from 'bson'
import { Aggregator, Query } from 'mingo'
import { classOf, type Doc, fieldsOf, isDoc, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'

/**
 * Values as plain JavaScript, which is what mingo computes with: numbers become `number` where that loses nothing.
 * Long beyond 2^53, Decimal128 and the other BSON classes stay what they are.
 */
export function toPlain(value: unknown): unknown {
  switch (classOf(value)) {
    case 'Int32':
    case 'Double':
      return toNumber(value)
    case 'Long': {
      const number = toNumber(value)
      return Number.isSafeInteger(number) ? number : (value as Long)
    }
    case undefined:
    case 'DBRef':
      break
    default:
      return value
  }
  if (Array.isArray(value)) return value.map(toPlain)
  return isDoc(value) ? plainDoc(value) : value
}

export function plainDoc(doc: Doc): Doc {
  const plain: Doc = {}
  for (const [name, value] of fieldsOf(doc)) {
    if (name === '__proto__') Object.defineProperty(plain, name, { value: toPlain(value), enumerable: true })
    else plain[name] = toPlain(value)
  }
  return plain
}

/** Scripts in expressions are never run. */
export const MINGO_OPTIONS = { scriptEnabled: false } as const

/** `$expr`: whether an aggregation expression holds for a document. */
export function expressionTest(expression: unknown, variables?: Doc): (doc: Doc) => boolean {
  const query = guarded(
    () =>
      new Query({ $expr: toPlain(expression) } as Doc, {
        ...MINGO_OPTIONS,
        variables: variables ? plainDoc(variables) : {},
      }),
  )
  return (doc) => guarded(() => query.test(plainDoc(doc)))
}

/** The value of an aggregation expression for a document. */
export function evaluate(expression: unknown, doc: Doc): unknown {
  const stage = new Aggregator([{ $replaceRoot: { newRoot: { value: toPlain(expression) } } }], MINGO_OPTIONS)
  return (guarded(() => stage.run([plainDoc(doc)]))[0] as Doc | undefined)?.value
}

/** Turns mingo's complaints into MongoDB's errors: an operator it lacks is refused by name. */
export function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof MongoError) throw error
    const message = error instanceof Error ? error.message : String(error)
    const unknown = /unregistered (\w+)?\s*operator '?(\$\w+)'?/i.exec(message)
    if (unknown) throw new MongoError('Location168', `Unrecognized expression '${unknown[2]}'`)
    throw new MongoError('BadValue', message)
  }
}
