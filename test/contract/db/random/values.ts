import {
  Binary,
  BSONRegExp,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson'
import fc from 'fast-check'

/** Small values of every type, so that documents and filters often meet. */

const int = fc.integer({ min: -2, max: 3 }).map((n) => new Int32(n))

export const number = fc.oneof(
  { weight: 6, arbitrary: int },
  {
    weight: 2,
    arbitrary: fc.constantFrom(0.5, 1, 1.5, 2, -1, -0, Number.NaN, Number.POSITIVE_INFINITY).map((n) => new Double(n)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('1', '2', '-1', '9007199254740993', '2147483647').map((text) => Long.fromString(text)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('1', '1.5', '2.0', '-1.0', '1E+1').map((text) => Decimal128.fromString(text)),
  },
)

export const text = fc.constantFrom('', 'a', 'A', 'ab', 'aB', 'abc', 'b', 'á', 'a\u0301', 'đ')

const other = fc.constantFrom<unknown>(
  null,
  true,
  false,
  new Date(0),
  new Date(5),
  new Date(-5),
  new ObjectId('000000000000000000000001'),
  new ObjectId('000000000000000000000002'),
  new Binary(Buffer.from([1]), 0),
  new Binary(Buffer.from([1, 2]), 0),
  new Binary(Buffer.from([1]), 5),
  new Timestamp({ t: 1, i: 1 }),
  new BSONRegExp('^a'),
)
const ends = fc.constantFrom<unknown>(new MinKey(), new MaxKey())

export const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: number },
  { weight: 4, arbitrary: text },
  { weight: 3, arbitrary: other },
)

/** Documents with the fields that the paths below lead to. */
const leaf: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
)
const part: fc.Arbitrary<Document> = fc.record({ d: leaf, e: scalar }, { requiredKeys: [] })

const array: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 3, arbitrary: fc.array(part, { maxLength: 3 }) },
  {
    weight: 2,
    arbitrary: fc.array(fc.oneof(scalar, part, fc.array(fc.oneof(scalar, part), { maxLength: 2 })), { maxLength: 3 }),
  },
)

export const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 4, arbitrary: array },
  { weight: 2, arbitrary: part },
)

/** `a` and `c` are anything, `b` is no array, `n` a number and `s` a text, where they are there at all. */
export const document: fc.Arbitrary<Document> = fc.record(
  {
    a: fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: ends }),
    b: scalar,
    n: number,
    s: text,
    c: value,
  },
  { requiredKeys: [] },
)

/** With the numbers from 0 on as _id. */
export const documents = fc
  .array(document, { minLength: 1, maxLength: 14 })
  .map((all) => all.map((doc, i): Document => ({ _id: new Int32(i), ...doc })))

export const path = fc.constantFrom('a', 'b', 'n', 's', 'c', 'c.d', 'c.e', 'a.d', 'a.0', 'c.0.d', 'c.d.0')
