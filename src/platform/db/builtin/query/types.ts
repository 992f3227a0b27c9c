import { TYPE_ALIASES, toNumber, typeOf } from '../bson/values.js'
import { MongoError } from '../errors.js'
import type { ValueTest } from './paths.js'

/**
 * Whether a value is of one of the BSON types that are named, or numbered.
 * @throws MongoError BadValue for what is no type
 */
export function typeTest(argument: unknown): ValueTest {
  const wanted = new Set<number>()
  for (const each of Array.isArray(argument) ? argument : [argument]) {
    if (each === 'number') for (const type of [1, 16, 18, 19]) wanted.add(type)
    else wanted.add(typeNumber(each))
  }
  return (value) => value !== undefined && wanted.has(typeOf(value))
}

function typeNumber(type: unknown): number {
  if (typeof type === 'string') {
    const number = Object.hasOwn(TYPE_ALIASES, type) ? TYPE_ALIASES[type] : undefined
    if (number === undefined) throw new MongoError('BadValue', `Unknown type name alias: ${type}`)
    return number
  }
  const number = toNumber(type)
  if (!Object.values(TYPE_ALIASES).includes(number))
    throw new MongoError('BadValue', `Invalid numerical type code: ${number}`)
  return number
}
