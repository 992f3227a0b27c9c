import type { Code, ObjectId, Timestamp } from 'bson'
import { regexKey } from './compare.js'
import { numberParts } from './numbers.js'
import { bytesOf, fieldsOf, Rank, rankOf } from './values.js'

/** Rewrites strings before they are encoded, for indexes with a collation. */
export type StringFold = (text: string) => string

/**
 * Values as bytes whose order under memcmp is MongoDB's order of the values, and which are equal exactly where the values
 * are. No encoding is a prefix of another one, so encodings may be joined into compound keys. Missing values count as null.
 */
export function encodeKey(value: unknown, fold?: StringFold): Buffer {
  const writer = new KeyWriter(fold)
  writer.value(value)
  return writer.bytes()
}

/** The encoding for a descending field: every bit turned over. */
export function invert(key: Buffer): Buffer {
  return key.map((byte) => byte ^ 0xff) as Buffer
}

/** The first key behind all those that begin with `prefix`; undefined if there is none. */
export function afterPrefix(prefix: Buffer): Buffer | undefined {
  const end = Buffer.from(prefix)
  for (let i = end.length - 1; i >= 0; i--) {
    const byte = end[i] ?? 0
    if (byte < 0xff) {
      end[i] = byte + 1
      return end.subarray(0, i + 1)
    }
  }
  return undefined
}

const END = 0x00

class KeyWriter {
  private buffer = Buffer.allocUnsafe(64)
  private length = 0

  constructor(private readonly fold: StringFold | undefined) {}

  bytes(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.length))
  }

  value(value: unknown): void {
    const rank = value === undefined ? Rank.Null : rankOf(value)
    this.byte(rank)
    switch (rank) {
      case Rank.Number:
        this.number(value)
        break
      case Rank.String:
        this.text(this.fold ? this.fold(String(value)) : String(value))
        break
      case Rank.Object:
        for (const [name, field] of fieldsOf(value)) {
          this.byte(field === undefined ? Rank.Null : rankOf(field))
          this.text(name)
          this.value(field)
        }
        this.byte(END)
        break
      case Rank.Array:
        for (const element of value as unknown[]) this.value(element)
        this.byte(END)
        break
      case Rank.Binary:
        this.binary(value)
        break
      case Rank.ObjectId:
        this.raw((value as ObjectId).id)
        break
      case Rank.Boolean:
        this.byte(value ? 1 : 0)
        break
      case Rank.Date:
        this.signed(BigInt((value as Date).getTime()))
        break
      case Rank.Timestamp:
        this.unsigned((value as Timestamp).toBigInt())
        break
      case Rank.RegExp:
        this.text(regexKey(value))
        break
      case Rank.Code:
        this.text((value as Code).code)
        break
    }
  }

  private number(value: unknown): void {
    const [head = 0, ...rest] = numberParts(value)
    this.double(head)
    for (const part of rest) {
      if (part === 0) break
      this.byte(part < 0 ? 0x40 : 0xc0)
      this.double(part)
    }
    this.byte(0x80)
  }

  private double(value: number): void {
    const at = this.reserve(8)
    if (Number.isNaN(value)) {
      this.buffer.fill(0, at, at + 8)
      return
    }
    this.buffer.writeDoubleBE(value === 0 ? 0 : value, at)
    const negative = ((this.buffer[at] ?? 0) & 0x80) !== 0
    if (negative) for (let i = at; i < at + 8; i++) this.buffer[i] = ~(this.buffer[i] ?? 0)
    else this.buffer[at] = (this.buffer[at] ?? 0) | 0x80
  }

  /** UTF-8 with zero bytes escaped, so that the closing pair of zeros sorts before any continuation. */
  private text(text: string): void {
    const bytes = Buffer.from(text, 'utf8')
    let start = 0
    for (let zero = bytes.indexOf(0); zero >= 0; zero = bytes.indexOf(0, start)) {
      this.raw(bytes.subarray(start, zero + 1))
      this.byte(0xff)
      start = zero + 1
    }
    this.raw(bytes.subarray(start))
    this.byte(END)
    this.byte(END)
  }

  private binary(value: unknown): void {
    const { bytes, subtype } = bytesOf(value)
    const at = this.reserve(4)
    this.buffer.writeUInt32BE(bytes.length, at)
    this.byte(subtype)
    this.raw(bytes)
  }

  private signed(value: bigint): void {
    this.unsigned(BigInt.asUintN(64, value) ^ (1n << 63n))
  }

  private unsigned(value: bigint): void {
    const at = this.reserve(8)
    this.buffer.writeBigUInt64BE(BigInt.asUintN(64, value), at)
  }

  private byte(byte: number): void {
    const at = this.reserve(1)
    this.buffer[at] = byte
  }

  private raw(bytes: Uint8Array): void {
    const at = this.reserve(bytes.length)
    this.buffer.set(bytes, at)
  }

  /** Makes room for `count` bytes and returns where they begin. The buffer may be another one afterwards: read it after the call. */
  private reserve(count: number): number {
    const start = this.length
    this.length += count
    if (this.length > this.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.length, this.buffer.length * 2))
      this.buffer.copy(grown, 0, 0, start)
      this.buffer = grown
    }
    return start
  }
}
