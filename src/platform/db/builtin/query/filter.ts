import { expressionTest } from '../aggregation/expressions.js'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { schemaTest } from './json-schema.js'
import { allOf, type FilterContext, type Matcher } from './matcher.js'
import { elementTest, type OperatorContext, operatorMatcher } from './operators.js'
import { parsePath, type ValueTest } from './paths.js'

/**
 * Compiles a query filter.
 * @throws MongoError BadValue for an operator that MongoDB does not know or an operand it refuses, NotImplemented for one that
 *   only a server has
 */
export function compileFilter(filter: unknown, context: FilterContext = {}): Matcher {
  if (!isDoc(filter)) throw new MongoError('BadValue', 'the match filter must be an expression in an object')
  return allOf(
    Object.entries(filter).map(([name, operand]) =>
      name.startsWith('$')
        ? logical(name, operand, context)
        : operatorMatcher(parsePath(name), operand, withCompiler(context)),
    ),
  )
}

/** Operators hold filters within them. */
const withCompiler = (context: FilterContext): OperatorContext => ({
  ...context,
  compile: (filter) => compileFilter(filter, within(context)),
})

/** Only at the top of a filter may be asked for what is near. */
const within = (context: FilterContext): FilterContext => ({ ...context, order: undefined })

/** Whether one element of an array passes the conditions of `$elemMatch` or `$pull`. */
export const elementMatcher = (condition: Doc, context: FilterContext = {}): ValueTest =>
  elementTest(condition, withCompiler(context))

const NEEDS_A_SERVER = new Set(['$where', '$text'])

function logical(name: string, operand: unknown, context: FilterContext): Matcher {
  switch (name) {
    case '$and':
      return allOf(branches(name, operand, context))
    case '$or': {
      const any = branches(name, operand, within(context))
      return (doc, position) => any.some((matches) => matches(doc, position))
    }
    case '$nor': {
      const none = branches(name, operand, within(context))
      return (doc) => !none.some((matches) => matches(doc))
    }
    case '$expr':
      return expressionTest(operand, context.variables)
    case '$jsonSchema':
      return schemaTest(operand)
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
