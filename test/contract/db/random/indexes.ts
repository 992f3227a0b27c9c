import { type Document, Int32 } from 'bson'
import fc from 'fast-check'

/** Indexes as `createIndexes` takes them. No two fields of one may lead into different arrays, as far as documents start out. */
const SPECS: readonly Document[] = [
  { key: { a: 1 } },
  { key: { a: -1 } },
  { key: { b: 1 } },
  { key: { s: -1 } },
  { key: { a: 1, b: -1 } },
  { key: { b: 1, a: 1 } },
  { key: { 'c.d': 1 } },
  { key: { 'c.e': -1 } },
  { key: { 'c.d': 1, 'c.e': 1 } },
  { key: { 'c.e': 1, 'c.d': -1 } },
  { key: { b: -1, 'c.d': 1, n: 1 } },
  { key: { c: 1 } },
  { key: { n: 1, _id: 1 } },
  { key: { n: -1, s: 1, _id: -1 } },
  { key: { s: 1, n: 1, b: 1 } },
  { key: { 'a.d': 1, s: 1 } },
  { key: { a: 1 }, sparse: true },
  { key: { 'c.d': 1 }, sparse: true },
  { key: { b: 1, n: -1 }, sparse: true },
  { key: { a: 1 }, partialFilterExpression: { n: { $gt: new Int32(0) } } },
  { key: { b: 1 }, partialFilterExpression: { s: { $exists: true } } },
  { key: { n: 1 }, partialFilterExpression: { s: 'a' } },
  { key: { s: 1 }, collation: { locale: 'vi', strength: 2 } },
  { key: { s: 1, n: 1 }, collation: { locale: 'vi', strength: 1 } },
]

const UNIQUE: readonly Document[] = [
  { key: { s: 1 } },
  { key: { n: -1, s: 1 } },
  { key: { a: 1 } },
  { key: { 'c.d': 1 } },
  { key: { 'c.d': 1, 'c.e': 1 } },
  { key: { s: 1 }, sparse: true },
  { key: { 'c.d': 1 }, sparse: true },
  { key: { s: 1 }, partialFilterExpression: { n: { $gt: new Int32(0) } } },
]

export const uniqueIndexes = fc
  .subarray([...UNIQUE], { minLength: 1, maxLength: 2 })
  .map((chosen) => chosen.map((spec) => ({ ...spec, unique: true, name: JSON.stringify(spec) })))

export const indexes = fc
  .subarray([...SPECS], { minLength: 1, maxLength: 6 })
  .map((chosen) => chosen.map((spec) => ({ ...spec, name: JSON.stringify(spec) })))
