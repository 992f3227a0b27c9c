import { Double } from 'bson'
import { Context, evalExpr, ProcessingMode } from 'mingo/core'
import * as accumulators from 'mingo/operators/accumulator'
import * as expressions from 'mingo/operators/expression'
import type { Options } from 'mingo/types'
import { messageOf } from '../../../../../kernel/errors.js'
import { classOf, fieldsOf, isDoc, toNumber } from '../../bson/values.js'
import { MongoError, notImplemented } from '../../errors.js'
import { isRegex } from '../../query/operators.js'
import { compileRegex } from '../../query/regex.js'
import type { Compile, Compute } from '../expressions.js'

/** What is left to mingo: texts, logarithms, angles and deviations, which make new values of plain ones. */
export const MINGO_OPERATORS: ReadonlySet<string> = new Set([...Object.keys(expressions), '$stdDevPop', '$stdDevSamp'])

/** Operators whose numbers are doubles, whole or not: those of angles, and these. */
const DOUBLES =
  /^\$(a?(sin|cos|tan)h?|atan2|degreesToRadians|radiansToDegrees|exp|ln|log|log10|rand|sqrt|stdDevPop|stdDevSamp)$/

/** Operators for which a list of one is no single operand. */
const OF_LISTS = new Set(['$concat', '$stdDevPop', '$stdDevSamp'])

/** mingo copies its table of operators for options that it has not made itself: it is asked once for some that it has. */
export const MINGO_OPTIONS = evalExpr(
  {},
  { $options: 0 },
  {
    context: Context.init({
      accumulator: accumulators as never,
      expression: {
        ...expressions,
        $options: (_doc: unknown, _argument: unknown, options: Options) => options,
      } as never,
    }),
    idKey: '_id',
    processingMode: ProcessingMode.CLONE_OFF,
    // Scripts in expressions are never run.
    scriptEnabled: false,
    useStrictMode: true,
    failOnError: true,
  },
) as Options

/** Computes the operands, as BSON has them, and hands them to mingo, as plain JavaScript has them. */
export function mingoOperation(operator: string, argument: unknown, compile: Compile): Compute {
  const compute = compile(argument)
  return (scope) => askMingo(operator, compute(scope), Array.isArray(argument))
}

/** @param list whether the operands are several, in an array */
export function askMingo(operator: string, operands: unknown, list: boolean): unknown {
  if (DOUBLES.test(operator) && (list && Array.isArray(operands) ? operands : [operands]).some(isDecimal))
    throw notImplemented(`${operator} of decimal numbers`)
  const plain = toPlain(operands)
  const result = guarded(() => evalExpr({}, { [operator]: given(operator, plain, list) }, MINGO_OPTIONS))
  return typeof result === 'number' && DOUBLES.test(operator) ? new Double(result) : result
}

const isDecimal = (value: unknown): boolean => classOf(value) === 'Decimal128'

/** Operands that mingo takes as they are. */
function given(operator: string, plain: unknown, list: boolean): unknown {
  if (list && Array.isArray(plain))
    return plain.length === 1 && !OF_LISTS.has(operator) ? literal(plain[0]) : plain.map(literal)
  return isDoc(plain)
    ? Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, literal(value)]))
    : literal(plain)
}

function literal(value: unknown): unknown {
  const read = typeof value === 'string' ? value.startsWith('$') : Array.isArray(value) || isDoc(value)
  return read ? { $literal: value } : value
}

/**
 * Values as plain JavaScript, which is what mingo computes with: numbers become `number` where that loses nothing.
 * Long beyond 2^53, Decimal128 and the other BSON classes stay what they are, and mingo refuses them.
 */
export function toPlain(value: unknown): unknown {
  switch (classOf(value)) {
    case 'Int32':
    case 'Double':
      return toNumber(value)
    case 'Long': {
      const number = toNumber(value)
      return Number.isSafeInteger(number) ? number : value
    }
  }
  if (isRegex(value)) return compileRegex(value)
  if (Array.isArray(value)) return value.map(toPlain)
  return isDoc(value) ? Object.fromEntries(fieldsOf(value).map(([name, each]) => [name, toPlain(each)])) : value
}

/** Turns mingo's complaints about operands into an error of MongoDB's. */
export function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof MongoError) throw error
    throw new MongoError('BadValue', messageOf(error))
  }
}
