import { type Document, Int32 } from 'bson'
import fc from 'fast-check'
import { elementFilter, filter, projection, sort } from './filters.js'
import { document, number, scalar, text, value } from './values.js'

/** Commands without the name of a collection, which is put in its place when they are run. */
const COLLECTION = ''

const limit = fc.integer({ min: 0, max: 4 }).map((n) => new Int32(n))
const collation = fc
  .constantFrom(1, 2, 3)
  .map((strength) => ({ collation: { locale: 'vi', strength: new Int32(strength) } }))
const sometimes = <T extends Document>(options: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<Document>({}) },
    { weight: 1, arbitrary: options as fc.Arbitrary<Document> },
  )

export const question: fc.Arbitrary<Document> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.record({ find: fc.constant(COLLECTION), filter, sort, skip: limit, limit, projection }),
        sometimes(collation),
      )
      .map(([command, more]) => ({ ...command, ...more })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(elementFilter, fc.constantFrom('a.$', 'c.$'), sort)
      .filter(([asked, name]) => Object.keys(asked)[0]?.[0] === name[0])
      .map(([asked, name, order]) => ({
        find: COLLECTION,
        filter: asked,
        sort: order,
        projection: { [name]: new Int32(1) },
      })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(filter, sometimes(collation)).map(([query, more]) => ({ count: COLLECTION, query, ...more })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      distinct: fc.constant(COLLECTION),
      key: fc.constantFrom('a', 'b', 'c', 'c.d'),
      query: filter,
    }),
  },
)

const target = fc.constantFrom('a', 'b', 'n', 's', 'c', 'c.d', 'c.e', 'a.0', 'a.1', 'c.0.d', 'x', 'x.y')
const arrayTarget = fc.constantFrom('a', 'c', 'c.d', 'x', 'b')
const plainNumber = number.filter((each) => (each as { _bsontype: string })._bsontype !== 'Decimal128')
const whole = fc.integer({ min: -2, max: 3 }).map((n) => new Int32(n))
const dictionary = <T>(key: fc.Arbitrary<string>, argument: fc.Arbitrary<T>) =>
  fc.dictionary(key, argument, { minKeys: 1, maxKeys: 2 })

const modifiers = fc.record(
  {
    $each: fc.array(value, { maxLength: 3 }),
    $position: whole,
    $slice: whole,
    $sort: fc.constantFrom<unknown>(
      new Int32(1),
      new Int32(-1),
      { d: new Int32(1) },
      { e: new Int32(-1), d: new Int32(1) },
    ),
  },
  { requiredKeys: ['$each'] },
)
const condition = fc.oneof(
  scalar,
  value,
  fc.record({ $gte: number }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ d: scalar }),
  fc.record({ e: fc.record({ $lt: number }), d: fc.record({ $exists: fc.boolean() }) }),
)

const single: fc.Arbitrary<Document> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ $set: dictionary(target, value) }) },
  fc.record({ $unset: dictionary(target, fc.constant(true)) }),
  fc.record({ $setOnInsert: dictionary(target, scalar) }),
  fc.record({ $inc: dictionary(target, plainNumber) }),
  fc.record({ $mul: dictionary(target, plainNumber) }),
  fc.record({ $min: dictionary(target, value) }),
  fc.record({ $max: dictionary(target, value) }),
  fc.record({ $rename: dictionary(target, fc.constantFrom('x', 'y', 'b', 'c.d', 'x.z')) }),
  fc.record({
    $bit: fc.record({ n: fc.oneof(fc.record({ and: whole }), fc.record({ or: whole }), fc.record({ xor: whole })) }),
  }),
  fc.record({ $push: dictionary(arrayTarget, value) }),
  fc.record({ $push: dictionary(arrayTarget, modifiers) }),
  fc.record({
    $addToSet: dictionary(arrayTarget, fc.oneof(value, fc.record({ $each: fc.array(value, { maxLength: 3 }) }))),
  }),
  fc.record({
    $pop: dictionary(
      arrayTarget,
      fc.constantFrom(1, -1).map((n) => new Int32(n)),
    ),
  }),
  fc.record({ $pull: dictionary(arrayTarget, condition) }),
  fc.record({ $pullAll: dictionary(arrayTarget, fc.array(value, { maxLength: 3 })) }),
)
const update = fc.oneof(
  { weight: 3, arbitrary: single },
  { weight: 2, arbitrary: fc.tuple(single, single).map(([one, other]) => ({ ...one, ...other })) },
  { weight: 1, arbitrary: document },
)

/** An update of elements, with the filter that tells which. */
const elementUpdate: fc.Arbitrary<Document> = fc.oneof(
  fc
    .tuple(fc.constantFrom('a.$[]', 'c.$[]', 'c.$[].d', 'a.$[].d'), value)
    .map(([name, given]) => ({ u: { $set: { [name]: given } } })),
  fc.record({ u: fc.record({ $inc: fc.record({ 'a.$[]': plainNumber }) }) }),
  fc
    .tuple(
      fc.constantFrom('a.$[one]', 'c.$[one]', 'c.$[one].d'),
      value,
      fc.oneof(scalar, fc.record({ $gte: number }), fc.record({ $type: fc.constant('string') })),
    )
    .map(([name, given, one]) => ({ u: { $set: { [name]: given } }, arrayFilters: [{ one }] })),
  fc
    .tuple(fc.constantFrom('c.$[one].d', 'c.$[one]', 'a.$[one].e'), value, scalar)
    .map(([name, given, e]) => ({ u: { $set: { [name]: given } }, arrayFilters: [{ 'one.e': e }] })),
)

const own = fc.integer({ min: 0, max: 15 }).map((n) => ({ _id: new Int32(n) }))

export const change: fc.Arbitrary<Document> = fc.oneof(
  fc
    .tuple(
      fc.oneof(
        own,
        fc.tuple(own, filter).map(([id, more]) => ({ ...more, ...id })),
      ),
      update,
      fc.boolean(),
    )
    .map(([q, u, upsert]) => updating({ q, u, multi: false, upsert })),
  fc.tuple(filter, single).map(([q, u]) => updating({ q, u, multi: true, upsert: false })),
  fc.tuple(own, elementUpdate).map(([q, rest]) => updating({ q, multi: false, upsert: false, ...rest })),
  fc.tuple(own, elementFilter, value).map(([id, asked, given]) =>
    updating({
      q: { ...id, ...asked },
      u: { $set: { [`${Object.keys(asked)[0]?.[0]}.$`]: given } },
      multi: false,
      upsert: false,
    }),
  ),
  fc
    .record({
      findAndModify: fc.constant(COLLECTION),
      query: filter,
      sort,
      update,
      new: fc.boolean(),
      fields: projection,
    })
    .map((command) => command as Document),
  fc.record({ findAndModify: fc.constant(COLLECTION), query: filter, sort, remove: fc.constant(true) }),
  fc.tuple(filter).map(([q]) => ({ delete: COLLECTION, deletes: [{ q, limit: 0 }] })),
  fc.tuple(own, text).map(([q]) => ({ delete: COLLECTION, deletes: [{ q, limit: 1 }] })),
)

const updating = (statement: Document): Document => ({ update: COLLECTION, updates: [statement] })
