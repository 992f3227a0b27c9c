import { classOf, type Doc, fieldOf, isDoc, isTruthy } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { commandTime } from '../time-limit.js'
import { checkOperators, compileOperation } from './operators.js'

/** An aggregation expression, ready to be computed for a document, or for one within it. What is missing is undefined. */
export type Evaluator = (doc: Doc, current?: Doc) => unknown

/** The variables that an expression sees: ROOT, CURRENT, those of the command, and what the operators around it have bound. */
export type Scope = Doc
export type Compute = (scope: Scope) => unknown

/** Compiles an expression within another, which may bind more variables for it. */
export type Compile = (expression: unknown, bound?: readonly string[]) => Compute

/**
 * Compiles an aggregation expression with the variables that it may name. Values keep their BSON types.
 * @throws MongoError for an operator or a variable that is not known; when run, for operands that an operator refuses
 */
export function compileExpression(expression: unknown, variables: Doc = {}): Evaluator {
  checkOperators(expression)
  const compute = compiler(new Set(['ROOT', 'CURRENT', ...Object.keys(variables)]))(expression)
  return (doc, current = doc) => compute({ ...variables, ROOT: doc, CURRENT: current })
}

function compiler(names: ReadonlySet<string>): Compile {
  const compile: Compile = (expression, bound) => {
    if (bound) return compiler(new Set([...names, ...bound]))(expression)
    if (typeof expression === 'string' && expression.startsWith('$')) return path(expression, names)
    if (Array.isArray(expression)) {
      const elements = expression.map((each) => compile(each))
      return (scope) => elements.map((compute) => compute(scope) ?? null)
    }
    if (!isDoc(expression) || classOf(expression) !== undefined) return () => expression
    const [first, ...others] = Object.entries(expression)
    if (!first?.[0].startsWith('$')) return document(expression, compile)
    if (others.length > 0)
      throw new MongoError('Location15983', 'An object representing an expression must have exactly one field')
    return compileOperation(first[0], first[1], compile)
  }
  return compile
}

function document(fields: Doc, compile: Compile): Compute {
  const computed = Object.entries(fields).map(([name, value]) => [name, compile(value)] as const)
  return (scope) =>
    Object.fromEntries(
      computed.map(([name, compute]) => [name, compute(scope)]).filter(([, value]) => value !== undefined),
    )
}

function path(expression: string, names: ReadonlySet<string>): Compute {
  const [name = '', ...steps] = expression.startsWith('$$')
    ? expression.slice(2).split('.')
    : ['CURRENT', ...expression.slice(1).split('.')]
  if (steps.includes('')) throw new MongoError('Location15998', 'FieldPath field names may not be empty strings.')
  if (name === 'REMOVE') return () => undefined
  if (name === 'NOW') {
    const now = commandTime()
    return () => valueAt(now, steps)
  }
  if (!names.has(name)) throw new MongoError('Location17276', `Use of undefined variable: ${name}`)
  return (scope) => valueAt(scope[name], steps)
}

/** What a path leads to. Arrays on the way give an array of what their documents have; their elements have no names. */
function valueAt(value: unknown, path: readonly string[], from = 0): unknown {
  if (from === path.length) return value
  if (Array.isArray(value)) {
    return value
      .map((element) => (isDoc(element) ? valueAt(element, path, from) : undefined))
      .filter((found) => found !== undefined)
  }
  return isDoc(value) ? valueAt(fieldOf(value, path[from] ?? ''), path, from + 1) : undefined
}

/** `$expr`: whether an expression holds for a document. */
export function expressionTest(expression: unknown, variables?: Doc): (doc: Doc) => boolean {
  const evaluate = compileExpression(expression, variables)
  return (doc) => isTruthy(evaluate(doc))
}
