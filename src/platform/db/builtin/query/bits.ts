import { bytesOf, Rank, rankOf, toBigInt, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import type { ValueTest } from './paths.js'

/** Tests of single bits, over whole numbers (two's complement) and binary data (little endian). */
export function bitTest(name: string, argument: unknown): ValueTest {
  const mask = maskOf(name, argument)
  const accepts = ACCEPTS[name]
  return (value) => {
    const bits = bitsOf(value)
    return bits !== undefined && accepts?.(bits & mask, mask) === true
  }
}

const ACCEPTS: Readonly<Record<string, (common: bigint, mask: bigint) => boolean>> = {
  $bitsAllSet: (common, mask) => common === mask,
  $bitsAnySet: (common) => common !== 0n,
  $bitsAllClear: (common) => common === 0n,
  $bitsAnyClear: (common, mask) => common !== mask,
}

function maskOf(name: string, argument: unknown): bigint {
  if (Array.isArray(argument)) {
    return argument.reduce((mask: bigint, position) => {
      const bit = toNumber(position)
      if (!Number.isInteger(bit) || bit < 0) throw new MongoError('BadValue', `bit positions in ${name} must be >= 0`)
      return mask | (1n << BigInt(bit))
    }, 0n)
  }
  const mask = bitsOf(argument)
  if (mask === undefined || (rankOf(argument) === Rank.Number && mask < 0n)) {
    throw new MongoError('BadValue', `${name} takes an Array, a number, or a BinData`)
  }
  return mask
}

function bitsOf(value: unknown): bigint | undefined {
  if (rankOf(value) === Rank.Binary) {
    return bytesOf(value).bytes.reduceRight((bits, byte) => (bits << 8n) | BigInt(byte), 0n)
  }
  return Number.isInteger(toNumber(value)) ? toBigInt(value) : undefined
}
