import { compare, equal, regexKey } from '../bson/compare.js'
import { classOf, type Doc, isDoc, isTruthy, Rank, rankOf, toBigInt, toNumber } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { parseNear } from '../geo/near.js'
import { intersectsTest, withinTest } from '../geo/shapes.js'
import { bitTest } from './bits.js'
import { allOf, type FilterContext, type Matcher } from './matcher.js'
import { ITSELF, type Path, parsePath, someAt, type ValueTest } from './paths.js'
import { compileRegex } from './regex.js'
import { typeTest } from './types.js'

export interface OperatorContext extends FilterContext {
  /** Compiles a whole filter, for the operators that hold one. */
  compile(filter: Doc): Matcher
}

/** Everything a filter may say of one field: a value to equal, a regular expression, or operators. */
export function operatorMatcher(path: Path, operand: unknown, context: OperatorContext): Matcher {
  if (isRegex(operand)) return testing(path, regexTest(operand))
  if (!isOperators(operand)) return testing(path, equalTest(operand, context))
  return allOf(
    Object.entries(operand)
      .filter(([name]) => !isParameter(name, operand))
      .map(([name, argument]) => {
        const build = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
        if (build) return build(path, argument, context, operand)
        if (NEEDS_A_SERVER.has(name)) throw notImplemented(name)
        throw new MongoError('BadValue', `unknown operator: ${name}`)
      }),
  )
}

/** A document whose first field starts with `$` holds operators; `$ref` and its like make a reference, which is a value. */
export function isOperators(value: unknown): value is Doc {
  if (!isDoc(value)) return false
  const [first] = Object.keys(value)
  return first?.startsWith('$') === true && !isReference(first)
}

/** The fields of a reference to a document elsewhere are names, not operators. */
const isReference = (name: string): boolean => ['$ref', '$id', '$db'].includes(name)

const referenceMatcher = (condition: Doc, context: OperatorContext): Matcher =>
  allOf(Object.entries(condition).map(([name, operand]) => operatorMatcher(parsePath(name), operand, context)))

export const isRegex = (value: unknown): boolean => value instanceof RegExp || classOf(value) === 'BSONRegExp'

type Builder = (path: Path, argument: unknown, context: OperatorContext, siblings: Doc) => Matcher

const NEEDS_A_SERVER = new Set(['$text'])

/** What stands beside an operator and belongs to it. */
const isParameter = (name: string, siblings: Doc): boolean =>
  name === '$options' ||
  (['$minDistance', '$maxDistance'].includes(name) && ('$near' in siblings || '$nearSphere' in siblings))

/** Matches what is in the range asked for; that the nearest comes first is left to who reads. */
const near =
  (name: string): Builder =>
  (path, argument, { order }, siblings) => {
    if (!order) throw new MongoError('BadValue', `geo ${name} must be top-level expr`)
    if (order.near) throw new MongoError('BadValue', 'Too many geoNear expressions')
    const parsed = parseNear(name, path, argument, siblings)
    order.near = parsed
    return (doc) => parsed.distanceOf(doc) !== undefined
  }

const within: Builder = (path, argument) => testing(path, withinTest(argument))

const OPERATORS: Readonly<Record<string, Builder>> = {
  $eq: (path, argument, context) =>
    testing(path, isRegex(argument) ? sameRegex(argument) : equalTest(argument, context)),
  $ne: (path, argument, context) => {
    if (isRegex(argument)) throw new MongoError('BadValue', "Can't have regex as arg to $ne.")
    return not(testing(path, equalTest(argument, context)))
  },
  $gt: (path, argument, context) => ordered(path, argument, context, (order) => order > 0),
  $gte: (path, argument, context) => ordered(path, argument, context, (order) => order >= 0),
  $lt: (path, argument, context) => ordered(path, argument, context, (order) => order < 0),
  $lte: (path, argument, context) => ordered(path, argument, context, (order) => order <= 0),
  $in: (path, argument, context) => testing(path, inTest('$in', argument, context)),
  $nin: (path, argument, context) => not(testing(path, inTest('$nin', argument, context))),
  $not: (path, argument, context) => {
    if (!isRegex(argument) && !isOperators(argument)) {
      throw new MongoError('BadValue', '$not needs a regex or a document')
    }
    return not(operatorMatcher(path, argument, { ...context, order: undefined }))
  },
  $exists: (path, argument) => {
    const present = testing(path, (value) => value !== undefined, false)
    return isTruthy(argument) ? present : not(present)
  },
  $type: (path, argument) => testing(path, typeTest(argument)),
  $size: (path, argument) => {
    const size = toNumber(argument)
    if (rankOf(argument) !== Rank.Number || !Number.isInteger(size) || size < 0) {
      throw new MongoError(
        'FailedToParse',
        `Failed to parse $size. Expected a non-negative integer in: $size: ${String(argument)}`,
      )
    }
    return testing(path, (value) => Array.isArray(value) && value.length === size, false)
  },
  $mod: (path, argument) => testing(path, modTest(argument)),
  $regex: (path, argument, _context, siblings) => testing(path, regexTest(argument, siblings.$options)),
  $all: (path, argument, context) => {
    if (!Array.isArray(argument)) throw new MongoError('BadValue', '$all needs an array')
    if (argument.length === 0) return () => false
    return allOf(
      argument.map((each) => operatorMatcher(path, isOperators(each) || isRegex(each) ? each : { $eq: each }, context)),
    )
  },
  $elemMatch: (path, argument, context) => {
    if (!isDoc(argument)) throw new MongoError('BadValue', '$elemMatch needs an Object')
    const matches = elementTest(argument, context)
    return (doc, position) =>
      someAt(
        doc,
        path,
        (value) => {
          const index = Array.isArray(value) ? value.findIndex(matches) : -1
          if (index >= 0 && position) position.index = index
          return index >= 0
        },
        { leafElements: false },
      )
  },
  $bitsAllSet: (path, argument) => testing(path, bitTest('$bitsAllSet', argument)),
  $bitsAnySet: (path, argument) => testing(path, bitTest('$bitsAnySet', argument)),
  $bitsAllClear: (path, argument) => testing(path, bitTest('$bitsAllClear', argument)),
  $bitsAnyClear: (path, argument) => testing(path, bitTest('$bitsAnyClear', argument)),
  $comment: () => () => true,
  $geoWithin: within,
  $within: within,
  $geoIntersects: (path, argument) => testing(path, intersectsTest(argument)),
  $near: near('$near'),
  $nearSphere: near('$nearSphere'),
}

function testing(path: Path, test: ValueTest, leafElements = true): Matcher {
  return (doc, position) => someAt(doc, path, test, { leafElements, position })
}

const not =
  (matcher: Matcher): Matcher =>
  (doc) =>
    !matcher(doc)

/** Whether one element of an array passes `$elemMatch` or `$pull` conditions. */
export function elementTest(condition: Doc, context: OperatorContext): ValueTest {
  const [first = ''] = Object.keys(condition)
  if (isOperators(condition) && !['$and', '$or', '$nor', '$expr'].includes(first)) {
    const matches = operatorMatcher(ITSELF, condition, context)
    return (element) => matches(element as Doc)
  }
  const matches = isReference(first) ? referenceMatcher(condition, context) : context.compile(condition)
  return (element) => (isDoc(element) || Array.isArray(element)) && matches(element as Doc)
}

function equalTest(operand: unknown, { strings }: FilterContext): ValueTest {
  if (operand === null || operand === undefined) return (value) => value === null || value === undefined
  if (typeof operand === 'string' && !strings) return (value) => value === operand
  return (value) => value !== undefined && equal(value, operand, strings)
}

/** Comparisons hold only between values of one kind, except against the ends of the order. */
function ordered(
  path: Path,
  operand: unknown,
  { strings }: FilterContext,
  accepts: (order: number) => boolean,
): Matcher {
  if (isRegex(operand)) throw new MongoError('BadValue', "Can't have RegEx as arg to predicate over field")
  const rank = rankOf(operand ?? null)
  const unbounded = rank === Rank.MinKey || rank === Rank.MaxKey
  const operandIsNaN = Number.isNaN(rank === Rank.Number ? toNumber(operand) : 0)
  return testing(path, (value) => {
    if (rank === Rank.Null) return (value === null || value === undefined) && accepts(0)
    if (value === undefined) return false
    if (!unbounded && rankOf(value) !== rank) return false
    if (rank === Rank.Number && Number.isNaN(toNumber(value)) !== operandIsNaN) return false
    return accepts(compare(value, operand, strings))
  })
}

function inTest(name: string, argument: unknown, context: OperatorContext): ValueTest {
  if (!Array.isArray(argument)) throw new MongoError('BadValue', `${name} needs an array`)
  if (argument.some(isOperators)) throw new MongoError('BadValue', `cannot nest $ under ${name}`)
  const words = new Set(context.strings ? [] : argument.filter((each) => typeof each === 'string'))
  const tests = argument
    .filter((each) => !words.has(each))
    .map((each) => (isRegex(each) ? regexTest(each) : equalTest(each, context)))
  return (value) => (typeof value === 'string' && words.has(value)) || tests.some((test) => test(value))
}

function modTest(argument: unknown): ValueTest {
  if (!Array.isArray(argument)) throw new MongoError('BadValue', 'malformed mod, needs to be an array')
  if (argument.length !== 2) {
    throw new MongoError('BadValue', `malformed mod, ${argument.length < 2 ? 'not enough' : 'too many'} elements`)
  }
  const [divisor, remainder] = argument.map(toBigInt)
  if (divisor === undefined || remainder === undefined)
    throw new MongoError('BadValue', 'malformed mod, divisor not a number')
  if (divisor === 0n) throw new MongoError('BadValue', 'divisor cannot be 0')
  return (value) => {
    const whole = toBigInt(value)
    return whole !== undefined && whole % divisor === remainder
  }
}

const sameRegex =
  (operand: unknown): ValueTest =>
  (value) =>
    isRegex(value) && regexKey(value) === regexKey(operand)

function regexTest(pattern: unknown, options?: unknown): ValueTest {
  const expression = compileRegex(pattern, options)
  const same = isRegex(pattern) ? sameRegex(pattern) : () => false
  return (value) => (typeof value === 'string' ? expression.test(value) : same(value))
}
