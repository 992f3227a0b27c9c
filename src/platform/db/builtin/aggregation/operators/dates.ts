import { Long, type ObjectId } from 'bson'
import { classOf, isDoc, isTruthy, toNumber } from '../../bson/values.js'
import { MongoError, notImplemented } from '../../errors.js'
import type { Compile, Scope } from '../expressions.js'
import { boundsBetween, later, momentOf, offsetAt, partsOf, truncated, utc } from './calendar.js'
import type { ControlOperator } from './control.js'
import { formatted, parsed } from './date-texts.js'
import { isNil } from './numbers.js'

/** The arguments of an operator that takes them by name, computed only when they are asked for. */
export function argumentsOf(argument: unknown, compile: Compile) {
  const given = new Map(Object.entries(isDoc(argument) ? argument : {}).map(([name, each]) => [name, compile(each)]))
  return {
    has: (name: string): boolean => given.has(name),
    get: (name: string, scope: Scope): unknown => given.get(name)?.(scope),
    /** Whether one of those that are given is null or missing. */
    someNil: (names: readonly string[], scope: Scope): boolean =>
      names.some((name) => given.has(name) && isNil(given.get(name)?.(scope))),
  }
}

type Arguments = ReturnType<typeof argumentsOf>

/** An operator that is null as soon as one of its arguments is. */
const strict =
  (required: string, optional: string, compute: (args: Record<string, unknown>) => unknown): ControlOperator =>
  (argument, compile) => {
    const args = argumentsOf(argument, compile)
    for (const name of required.split(' ').filter(Boolean))
      if (!args.has(name)) throw new MongoError('FailedToParse', `Missing '${name}' parameter to the expression`)
    const names = `${required} ${optional}`.trim().split(' ')
    return (scope) =>
      args.someNil(names, scope)
        ? null
        : compute(Object.fromEntries(names.filter(args.has).map((name) => [name, args.get(name, scope)])))
  }

function dateOf(value: unknown): Date {
  if (value instanceof Date) return value
  if (classOf(value) === 'ObjectId') return (value as ObjectId).getTimestamp()
  if (classOf(value) === 'Timestamp') return new Date((value as Long).getHighBitsUnsigned() * 1000)
  throw new MongoError('Location16006', "can't convert the operand to Date")
}

function integer(name: string, value: unknown): number {
  const number = toNumber(value)
  if (!Number.isInteger(number)) throw new MongoError('Location40515', `'${name}' must evaluate to an integer`)
  return number
}

const localOf = (date: unknown, zone: unknown): number => {
  const ms = +dateOf(date)
  return ms + offsetAt(zone, ms)
}

type Part = keyof ReturnType<typeof partsOf>

/** `$year` and the like: of a date, or of `{ date, timezone }`. */
function part(name: Part): ControlOperator {
  return (argument, compile) => {
    const listed = Array.isArray(argument) ? argument : [argument]
    if (listed.length !== 1)
      throw new MongoError('Location40536', `$${name} accepts exactly one argument if given an array`)
    const [only] = listed
    const plain = !isDoc(only) || classOf(only) !== undefined || Object.keys(only)[0]?.startsWith('$') === true
    const spec = plain ? { date: only } : only
    if (!('date' in spec)) throw new MongoError('Location40539', `missing 'date' argument to $${name}`)
    const other = Object.keys(spec).find((each) => each !== 'date' && each !== 'timezone')
    if (other !== undefined) throw new MongoError('Location40535', `unrecognized option to $${name}: "${other}"`)
    return strict('date', 'timezone', ({ date, timezone }) => {
      const value = partsOf(localOf(date, timezone))[name]
      return name === 'isoWeekYear' ? Long.fromNumber(value) : value
    })(spec, compile)
  }
}

const PARTS: readonly Part[] = [
  ...(['year', 'month', 'dayOfMonth', 'hour', 'minute', 'second', 'millisecond'] as const),
  ...(['dayOfWeek', 'dayOfYear', 'week', 'isoDayOfWeek', 'isoWeek', 'isoWeekYear'] as const),
]

const moving = (sign: 1 | -1): ControlOperator =>
  strict('startDate unit amount', 'timezone', ({ startDate, unit, amount, timezone }) =>
    later(dateOf(startDate), unit, sign * integer('amount', amount), timezone),
  )

const TIME = 'hour minute second millisecond timezone'

/** Parts beyond their bounds go over into the next larger ones. */
function fromParts({ timezone, ...args }: Record<string, unknown>): Date {
  const at = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, integer(name, value)]))
  const year = at.year ?? at.isoWeekYear ?? Number.NaN
  if (!(year >= 1 && year <= 9999)) throw new MongoError('Location40523', 'the year must be in the range 1 to 9999')
  const time = [at.hour, at.minute, at.second, at.millisecond] as const
  if (at.year !== undefined) return momentOf(timezone, utc(year, at.month, at.day, ...time))
  const fourth = partsOf(utc(year, 1, 4))
  const day = 4 - fourth.isoDayOfWeek + ((at.isoWeek ?? 1) - 1) * 7 + (at.isoDayOfWeek ?? 1)
  return momentOf(timezone, utc(year, 1, day, ...time))
}

function toParts({ date, timezone, iso8601 }: Record<string, unknown>) {
  const { year, month, dayOfMonth: day, ...others } = partsOf(localOf(date, timezone))
  const { hour, minute, second, millisecond, isoWeekYear, isoWeek, isoDayOfWeek } = others
  const time = { hour, minute, second, millisecond }
  return isTruthy(iso8601) ? { isoWeekYear, isoWeek, isoDayOfWeek, ...time } : { year, month, day, ...time }
}

const orNull = (args: Arguments, name: string, scope: Scope): unknown => (args.has(name) ? args.get(name, scope) : null)

export const DATE_OPERATORS: Readonly<Record<string, ControlOperator>> = {
  ...Object.fromEntries(PARTS.map((name) => [`$${name}`, part(name)])),
  $dateAdd: moving(1),
  $dateSubtract: moving(-1),
  $dateDiff: strict('startDate endDate unit', 'timezone startOfWeek', (args) =>
    Long.fromNumber(
      boundsBetween(
        dateOf(args.startDate),
        dateOf(args.endDate),
        args.unit,
        args.timezone,
        args.startOfWeek ?? 'sunday',
      ),
    ),
  ),
  $dateTrunc: strict('date unit', 'binSize timezone startOfWeek', (args) => {
    const size = integer('binSize', args.binSize ?? 1)
    if (size < 1) throw new MongoError('Location5439018', '$dateTrunc requires binSize to be greater than 0')
    return truncated(dateOf(args.date), args.unit, size, args.timezone, args.startOfWeek ?? 'sunday')
  }),
  $dateFromParts(argument, compile) {
    const args = argumentsOf(argument, compile)
    if (args.has('year') === args.has('isoWeekYear'))
      throw new MongoError('Location40516', "$dateFromParts requires either 'year' or 'isoWeekYear' to be present")
    const [mine, others] = args.has('year')
      ? ['year month day', 'isoWeek isoDayOfWeek']
      : ['isoWeekYear isoWeek isoDayOfWeek', 'month day']
    if (others.split(' ').some(args.has))
      throw new MongoError('Location40489', '$dateFromParts does not allow mixing natural dates with ISO dates')
    return strict('', `${mine} ${TIME}`, fromParts)(argument, compile)
  },
  $dateToParts: strict('date', 'timezone iso8601', toParts),
  $dateToString(argument, compile) {
    const args = argumentsOf(argument, compile)
    return (scope) => {
      const date = args.get('date', scope)
      if (isNil(date)) return orNull(args, 'onNull', scope)
      if (args.someNil(['format', 'timezone'], scope)) return null
      return formatted(dateOf(date), args.get('format', scope), args.get('timezone', scope))
    }
  },
  $dateFromString(argument, compile) {
    const args = argumentsOf(argument, compile)
    if (args.has('format')) throw notImplemented('$dateFromString with a format')
    return (scope) => {
      const text = args.get('dateString', scope)
      if (isNil(text)) return orNull(args, 'onNull', scope)
      if (args.someNil(['timezone'], scope)) return null
      const zone = args.get('timezone', scope)
      offsetAt(zone, 0)
      try {
        return parsed(text, zone)
      } catch (error) {
        if (args.has('onError') && error instanceof MongoError && error.codeName === 'ConversionFailure')
          return args.get('onError', scope)
        throw error
      }
    }
  },
}
