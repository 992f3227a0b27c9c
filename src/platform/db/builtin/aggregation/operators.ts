import { isDoc } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { ACCUMULATORS, AS_EXPRESSIONS } from './accumulators.js'
import type { Compile, Compute } from './expressions.js'
import { checkArguments } from './operators/arity.js'
import { ARRAY_OPERATORS, COMPARISON_OPERATORS, type ValueOperator } from './operators/arrays.js'
import { CONTROL_OPERATORS } from './operators/control.js'
import { DATE_OPERATORS } from './operators/dates.js'
import { MINGO_OPERATORS, mingoOperation } from './operators/mingo.js'
import { NUMBER_OPERATORS } from './operators/numbers.js'
import { TEXT_OPERATORS } from './operators/texts.js'
import { convert, TYPE_OPERATORS } from './operators/types.js'

const VALUE_OPERATORS: ReadonlyMap<string, ValueOperator> = new Map(
  [COMPARISON_OPERATORS, NUMBER_OPERATORS, ARRAY_OPERATORS, TEXT_OPERATORS, TYPE_OPERATORS, AS_EXPRESSIONS].flatMap(
    Object.entries,
  ),
)
const CONTROL = new Map(Object.entries({ ...CONTROL_OPERATORS, ...DATE_OPERATORS, $convert: convert }))

/** Those of MongoDB that are in no list here, and scripts, which are never run. */
const NEEDS_A_SERVER = new Set(
  '$accumulator $binarySize $bsonSize $function $indexOfCP $meta $toHashedIndexKey $tsIncrement $tsSecond'.split(' '),
)

/** Compiles an operator with its argument. */
export function compileOperation(name: string, argument: unknown, compile: Compile): Compute {
  checkArguments(name, argument)
  const control = CONTROL.get(name)
  if (control) return control(argument, compile)
  const operator = VALUE_OPERATORS.get(name)
  if (!operator) {
    if (MINGO_OPERATORS.has(name)) return mingoOperation(name, argument, compile)
    throw unknown(name, 'Location168')
  }
  const operands = (Array.isArray(argument) ? argument : [argument]).map((each) => compile(each))
  return (scope) => operator(...operands.map((compute) => compute(scope)))
}

const unknown = (name: string, code: `Location${number}`): MongoError =>
  new MongoError(code, `Unrecognized expression '${name}'`)

const OF_WINDOWS =
  '$covariancePop $covarianceSamp $denseRank $derivative $documentNumber $expMovingAvg $integral $linearFill $locf $rank $shift'

const KNOWN = new Set([
  ...CONTROL.keys(),
  ...VALUE_OPERATORS.keys(),
  ...MINGO_OPERATORS,
  ...ACCUMULATORS,
  ...OF_WINDOWS.split(' '),
])

/**
 * Looks through an expression before anything is computed, so that a mistake shows on an empty collection too.
 * @throws MongoError for an operator that is not known
 */
export function checkOperators(expression: unknown, code: `Location${number}` = 'Location168'): void {
  if (Array.isArray(expression)) for (const each of expression) checkOperators(each, code)
  if (!isDoc(expression)) return
  for (const [name, argument] of Object.entries(expression)) {
    if (NEEDS_A_SERVER.has(name)) throw notImplemented(name)
    if (name.startsWith('$') && !KNOWN.has(name)) throw unknown(name, code)
    if (name !== '$literal') checkOperators(argument, code)
  }
}
