import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare } from '../../../../../src/platform/db/builtin/bson/compare.js'
import { afterPrefix, encodeKey, invert } from '../../../../../src/platform/db/builtin/bson/key.js'

const number = fc.oneof(
  fc.integer().map((n) => new Int32(n)),
  fc.double().map((n) => new Double(n)),
  fc.integer({ min: -3, max: 3 }).map((n) => new Double(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc.integer({ min: -2, max: 2 }).map((n) => Long.fromBigInt(2n ** 53n + BigInt(n))),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -40, max: 40 }))
    .map(([digits, exponent]) => Decimal128.fromString(`${digits}E${exponent}`)),
)
const leaf = fc.oneof(
  number,
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('', '\0', 'a\0', 'a', '\u{1f600}', '\uffee'),
  fc.boolean(),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => new Binary(bytes)),
  fc.constantFrom(
    null,
    new MinKey(),
    new MaxKey(),
    new ObjectId('0'.repeat(24)),
    new ObjectId('f'.repeat(24)),
    new Timestamp(5n),
  ),
)
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    { weight: 5, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'ab'), tie('value'), { maxKeys: 3 }) },
  ),
})).value

describe('keys', () => {
  it('stand in the order of the values, and are equal only for equal ones', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)))).toBe(Math.sign(compare(a, b)))
      }),
      { numRuns: 3_000 },
    )
  })

  it('stand the other way round when they are turned over', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(Math.sign(Buffer.compare(invert(encodeKey(a)), invert(encodeKey(b))))).toBe(Math.sign(compare(b, a)))
      }),
    )
  })

  it('may be joined: none is the beginning of another', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [left, right] = [encodeKey(a), encodeKey(b)]
        fc.pre(!left.equals(right))
        expect(right.subarray(0, left.length).equals(left)).toBe(false)
      }),
    )
  })

  it('know the first key behind all those that begin alike', () => {
    expect(afterPrefix(Buffer.of(1, 2))).toEqual(Buffer.of(1, 3))
    expect(afterPrefix(Buffer.of(1, 255))).toEqual(Buffer.of(2))
    expect(afterPrefix(Buffer.of(255))).toBeUndefined()
  })

  it.each([
    [Decimal128.fromString('0.1'), new Double(0.1), -1],
    [Decimal128.fromString('0.5'), new Double(0.5), 0],
    [Decimal128.fromString('1E400'), new Double(Number.MAX_VALUE), 1],
    [Decimal128.fromString('1E400'), new Double(Number.POSITIVE_INFINITY), -1],
    [new Double(Number.NaN), new Double(Number.NEGATIVE_INFINITY), -1],
    [Long.fromBigInt(2n ** 53n + 1n), new Double(2 ** 53), 1],
    [new Double(-0), new Int32(0), 0],
  ])('compare %s with %s exactly', (a, b, order) => {
    expect(compare(a, b)).toBe(order)
    expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)))).toBe(order)
  })
})
