import { EJSON, Int32, Long, Timestamp } from 'bson'
import { add, multiply } from '../bson/arithmetic.js'
import { compare, type StringOrder } from '../bson/compare.js'
import { classOf, isDoc, Rank, rankOf, toBigInt, typeNameOf } from '../bson/values.js'
import { MongoError } from '../errors.js'
import type { Target } from './targets.js'

export function increment(target: Target, argument: unknown): void {
  calculate(target, '$inc', argument, add, argument)
}

export function multiplyBy(target: Target, argument: unknown): void {
  const zero = classOf(argument) === 'Int32' ? new Int32(0) : multiply(argument, new Int32(0))
  calculate(target, '$mul', argument, multiply, zero)
}

function calculate(
  target: Target,
  operator: string,
  argument: unknown,
  operation: (a: unknown, b: unknown) => unknown,
  initial: unknown,
): void {
  if (rankOf(argument) !== Rank.Number) {
    const verb = operator === '$inc' ? 'increment' : 'multiply'
    throw new MongoError(
      'TypeMismatch',
      `Cannot ${verb} with non-numeric argument: {${target.path.join('.')}: ${EJSON.stringify(argument)}}`,
    )
  }
  if (target.value === undefined) {
    target.set(initial)
    return
  }
  if (rankOf(target.value) !== Rank.Number) {
    throw new MongoError(
      'TypeMismatch',
      `Cannot apply ${operator} to a value of non-numeric type. The field '${target.path.join('.')}' is of non-numeric type ${typeNameOf(target.value)}`,
    )
  }
  const result = operation(target.value, argument)
  if (result === undefined)
    throw new MongoError('BadValue', `Failed to apply ${operator} operations to current value: it overflows 64 bits`)
  target.set(result)
}

export function keepLeast(target: Target, argument: unknown, strings?: StringOrder): void {
  if (target.value === undefined || compare(argument, target.value, strings) < 0) target.set(argument)
}

export function keepGreatest(target: Target, argument: unknown, strings?: StringOrder): void {
  if (target.value === undefined || compare(argument, target.value, strings) > 0) target.set(argument)
}

export function setCurrentDate(target: Target, argument: unknown, now: Date): void {
  const type = isDoc(argument) ? argument.$type : argument === true || argument === false ? 'date' : undefined
  if (type === 'date') target.set(now)
  else if (type === 'timestamp') target.set(new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }))
  else {
    throw new MongoError(
      'BadValue',
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    )
  }
}

/** `$bit`: and, or, xor with whole numbers. */
export function setBits(target: Target, argument: unknown): void {
  if (!isDoc(argument) || Object.keys(argument).length === 0) {
    throw new MongoError(
      'BadValue',
      'The $bit modifier is not compatible with this argument: it takes { and | or | xor: number }',
    )
  }
  let value = target.value ?? new Int32(0)
  for (const [name, operand] of Object.entries(argument)) {
    const operation = BIT_OPERATIONS[name]
    if (!operation)
      throw new MongoError('BadValue', `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`)
    if (!isWhole(value) || !isWhole(operand))
      throw new MongoError('BadValue', 'Cannot apply $bit to a value of non-integral type')
    const result = operation(toBigInt(value) ?? 0n, toBigInt(operand) ?? 0n)
    const long = classOf(value) === 'Long' || classOf(operand) === 'Long'
    value = long ? Long.fromBigInt(BigInt.asIntN(64, result)) : new Int32(Number(BigInt.asIntN(32, result)))
  }
  target.set(value)
}

const BIT_OPERATIONS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
}

const isWhole = (value: unknown): boolean => ['Int32', 'Long'].includes(classOf(value) ?? '')
