import type { Long } from 'bson'
import { evalExpr } from 'mingo/core'
import { classOf, type Doc, fieldOf, fieldsOf, isDoc, isTruthy, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { checkOperators, OPTIONS } from './operators.js'

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
  return Object.fromEntries(fieldsOf(doc).map(([name, value]) => [name, toPlain(value)]))
}

/** An aggregation expression, ready to be computed for a document. */
export type Evaluator = (doc: Doc) => unknown

/**
 * Compiles an aggregation expression with the variables that it may name.
 * @throws MongoError for an operator that is not known; when run, for operands that it refuses
 */
export function compileExpression(expression: unknown, variables: Doc = {}): Evaluator {
  checkOperators(expression)
  const plain = toPlain(expression)
  if (isConstant(plain)) return () => plain
  const compute = general(plain, variables)
  const field = typeof plain === 'string' ? /^\$([^$.]+)$/.exec(plain)?.[1] : undefined
  // A top-level field needs no more of the document than itself.
  return field === undefined ? compute : (doc) => toPlain(fieldOf(doc, field))
}

function general(expression: unknown, variables: Doc): Evaluator {
  const options = { ...OPTIONS, variables: plainDoc(variables) }
  return (doc) => guarded(() => evalExpr(plainDoc(doc), expression as never, options))
}

const isConstant = (value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  value === null ||
  (typeof value === 'string' && !value.startsWith('$'))

/** `$expr`: whether an expression holds for a document. */
export function expressionTest(expression: unknown, variables?: Doc): (doc: Doc) => boolean {
  const evaluate = compileExpression(expression, variables)
  return (doc) => isTruthy(evaluate(doc))
}

/** Turns mingo's complaints about operands into an error of MongoDB's. */
export function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof MongoError) throw error
    throw new MongoError('BadValue', error instanceof Error ? error.message : String(error))
  }
}
