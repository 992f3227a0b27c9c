import { expressionTest } from '../aggregation/expressions.js'
import type { StringOrder } from '../bson/compare.js'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { operatorMatcher } from './operators.js'
import { type MatchPosition, parsePath } from './paths.js'

/** Tells whether a document passes a filter; notes where in an array it did. */
export type Matcher = (doc: Doc, position?: MatchPosition) => boolean

export interface FilterContext {
  strings?: StringOrder | undefined
  /** Variables of `let`, for `$expr`. */
  variables?: Doc | undefined
}

/**
 * Compiles a query filter.
 * @throws MongoError BadValue for an operator that MongoDB does not know or an operand it refuses, NotImplemented for one that
 *   only a server has
 */
export function compileFilter(filter: unknown, context: FilterContext = {}): Matcher {
  if (!isDoc(filter)) throw new MongoError('BadValue', 'the match filter must be an expression in an object')
  return allOf(
    Object.entries(filter).map(([name, operand]) =>
      name.startsWith('$') ? logical(name, operand, context) : operatorMatcher(parsePath(name), operand, context),
    ),
  )
}

/** `$and`; later conditions decide the position, as in MongoDB. */
export function allOf(matchers: readonly Matcher[]): Matcher {
  const [only] = matchers
  if (only && matchers.length === 1) return only
  return (doc, position) => matchers.every((matches) => matches(doc, position))
}

const NEEDS_A_SERVER = new Set(['$where', '$text', '$jsonSchema'])

function logical(name: string, operand: unknown, context: FilterContext): Matcher {
  switch (name) {
    case '$and':
      return allOf(branches(name, operand, context))
    case '$or': {
      const any = branches(name, operand, context)
      return (doc, position) => any.some((matches) => matches(doc, position))
    }
    case '$nor': {
      const none = branches(name, operand, context)
      return (doc) => !none.some((matches) => matches(doc))
    }
    case '$expr':
      return expressionTest(operand, context.variables)
    case '$comment':
      return () => true
  }
  if (NEEDS_A_SERVER.has(name)) throw notImplemented(name)
  throw new MongoError(
    'BadValue',
    `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  )
}

function branches(name: string, operand: unknown, context: FilterContext): Matcher[] {
  if (!Array.isArray(operand) || operand.length === 0) {
    throw new MongoError('BadValue', `${name} argument must be a non-empty array`)
  }
  return operand.map((branch) => {
    if (!isDoc(branch)) throw new MongoError('BadValue', `${name} argument's entries must be objects`)
    return compileFilter(branch, context)
  })
}
