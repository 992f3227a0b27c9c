import { BSONRegExp, type Document, Int32 } from 'bson'
import fc from 'fast-check'
import { number, path, scalar, text, value } from './values.js'

const regex = fc.constantFrom(
  new BSONRegExp('^a'),
  new BSONRegExp('^ab'),
  new BSONRegExp('b$'),
  new BSONRegExp('^A', 'i'),
  new BSONRegExp('^ab?'),
)
const listed = fc.array(fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: regex }), { maxLength: 3 })
const comparable = fc
  .oneof({ weight: 6, arbitrary: scalar }, { weight: 1, arbitrary: value })
  .filter((each) => !(each instanceof BSONRegExp))
const types = fc.constantFrom(
  'int',
  'double',
  'long',
  'decimal',
  'number',
  'string',
  'object',
  'array',
  'bool',
  'null',
  'date',
)

const operators: fc.Arbitrary<Document> = fc.oneof(
  fc.record({ $eq: value }),
  fc.record({ $ne: value.filter((each) => !(each instanceof BSONRegExp)) }),
  fc.record({ $gt: comparable }),
  fc.record({ $gte: comparable }),
  fc.record({ $lt: comparable }),
  fc.record({ $lte: comparable }),
  fc.record({ $gte: comparable, $lt: comparable }),
  fc.record({ $gt: number, $lte: number }),
  fc.record({ $in: listed }),
  fc.record({ $nin: listed }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $type: fc.oneof(types, fc.array(types, { minLength: 1, maxLength: 2 })) }),
  fc.record({ $size: fc.integer({ min: 0, max: 3 }).map((n) => new Int32(n)) }),
  fc.record({ $mod: fc.constantFrom([2, 0], [2, 1], [3, 1]).map((pair) => pair.map((n) => new Int32(n))) }),
  fc.record({ $regex: regex }),
  fc.record({ $all: fc.array(scalar, { maxLength: 2 }) }),
)
const elementFields = fc.dictionary(fc.constantFrom('d', 'e'), fc.oneof(value, operators), { minKeys: 1, maxKeys: 2 })
const elementMatch = fc.record({ $elemMatch: fc.oneof(operators, elementFields) })
const withArrays: fc.Arbitrary<Document> = fc.oneof(
  { weight: 8, arbitrary: operators },
  { weight: 2, arbitrary: elementMatch },
  { weight: 1, arbitrary: fc.record({ $all: fc.array(elementMatch, { minLength: 1, maxLength: 2 }) }) },
)
const demand: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: value },
  { weight: 1, arbitrary: regex },
  { weight: 9, arbitrary: withArrays },
  { weight: 1, arbitrary: withArrays.map((inner) => ({ $not: inner })) },
)

const fields: fc.Arbitrary<Document> = fc.dictionary(path, demand, { minKeys: 1, maxKeys: 3 })
const expression: fc.Arbitrary<Document> = fc
  .tuple(
    fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'),
    fc.constantFrom('$a', '$b', '$n', '$s'),
    fc.oneof(fc.constantFrom<unknown>('$b', '$n', '$s'), number, text, fc.constant(null)),
  )
  .map(([name, left, right]) => ({ $expr: { [name]: [left, right] } }))

export const filter: fc.Arbitrary<Document> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  { weight: 12, arbitrary: fields },
  { weight: 3, arbitrary: fc.record({ $or: fc.array(fields, { minLength: 1, maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.tuple(fields, fields).map(([one, other]) => ({ $and: [one, other] })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fields, fc.array(fields, { minLength: 1, maxLength: 2 }))
      .map(([one, any]) => ({ ...one, $or: any })),
  },
  { weight: 1, arbitrary: fc.record({ $nor: fc.array(fields, { minLength: 1, maxLength: 2 }) }) },
  { weight: 1, arbitrary: expression },
)

/** A condition on the elements of one array: what `$` then stands for is clear. */
export const elementFilter = fc.oneof(
  fc.record({ c: fc.record({ $elemMatch: elementFields }) }),
  fc.record({ a: fc.record({ $elemMatch: operators }) }),
  fc.record({ a: scalar }),
  fc.record({ 'c.e': scalar }),
)

const direction = fc.constantFrom(1, -1).map((n) => new Int32(n))
/** Ends with the _id, so that there is one right order. */
export const sort: fc.Arbitrary<Document> = fc
  .tuple(fc.dictionary(fc.constantFrom('a', 'b', 'n', 's', 'c', 'c.d', 'c.e'), direction, { maxKeys: 3 }), direction)
  .map(([given, last]) => ({ ...given, _id: last }))

const projected = fc.constantFrom('a', 'b', 's', 'c.d', 'c.e')
const yes = fc.constantFrom<unknown>(new Int32(1), true)
const no = fc.constantFrom<unknown>(new Int32(0), false)
const id = fc.oneof(fc.constant({}), fc.record({ _id: no }), fc.record({ _id: yes }))
const sliced = fc.oneof(
  fc.integer({ min: -2, max: 3 }).map((n) => new Int32(n)),
  fc
    .tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 1, max: 2 }))
    .map((pair) => pair.map((n) => new Int32(n))),
)
export const projection: fc.Arbitrary<Document> = fc.oneof(
  fc.constant({}),
  fc.tuple(fc.dictionary(projected, yes, { minKeys: 1 }), id).map(([fields, own]) => ({ ...fields, ...own })),
  fc
    .tuple(
      fc.dictionary(projected, no, { minKeys: 1 }),
      id.filter((own) => !('_id' in own)),
    )
    .map(([fields, own]) => ({ ...fields, ...own })),
  fc.record({ a: fc.record({ $slice: sliced }) }),
  fc.record({ a: fc.record({ $slice: sliced }), b: yes }),
  fc.record({ a: fc.record({ $elemMatch: operators }), c: yes }),
  fc.record({ c: fc.record({ $elemMatch: elementFields }), s: yes, _id: no }),
)
