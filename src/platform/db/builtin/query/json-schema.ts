import { compare, compareStrings } from '../bson/compare.js'
import { encodeKey } from '../bson/key.js'
import { type Doc, isDoc, isTruthy, Rank, rankOf, toNumber } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import type { ValueTest } from './paths.js'
import { compileRegex } from './regex.js'
import { typeTest } from './types.js'

/**
 * Compiles a JSON Schema as MongoDB has it: draft 4 with `bsonType`, without references, formats and defaults.
 * @throws MongoError FailedToParse for a keyword that MongoDB does not know, TypeMismatch for an operand it refuses
 */
export function schemaTest(schema: unknown): ValueTest {
  if (!isDoc(schema)) throw wrongType('$jsonSchema', 'an object')
  if ('type' in schema && 'bsonType' in schema) {
    throw new MongoError('FailedToParse', "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'")
  }
  const tests = Object.entries(schema).map(([keyword, argument]) => {
    const build = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined
    if (build) return build(argument, schema)
    if (keyword === 'encrypt' || keyword === 'encryptMetadata') throw notImplemented(`$jsonSchema with ${keyword}`)
    throw new MongoError('FailedToParse', `Unknown $jsonSchema keyword: ${keyword}`)
  })
  return (value) => tests.every((test) => test(value))
}

type Keyword = (argument: unknown, schema: Doc) => ValueTest

const anything: ValueTest = () => true

/** A keyword speaks of one kind of value and lets all others pass. */
const on =
  <T>(isOne: (value: unknown) => boolean, test: (value: T) => boolean): ValueTest =>
  (value) =>
    !isOne(value) || test(value as T)

const isNumber = (value: unknown): boolean => rankOf(value) === Rank.Number
const isText = (value: unknown): value is string => typeof value === 'string'

/** `min…` and `max…` of a size. */
function bounds<T>(
  what: string,
  isOne: (value: unknown) => boolean,
  size: (value: T) => number,
): Record<string, Keyword> {
  const keyword =
    (name: string, sign: 1 | -1): Keyword =>
    (argument) => {
      const bound = wholeNumber(name, argument)
      return on<T>(isOne, (value) => (size(value) - bound) * sign >= 0)
    }
  return { [`min${what}`]: keyword(`min${what}`, 1), [`max${what}`]: keyword(`max${what}`, -1) }
}

/** A limit of numbers and, as draft 4 has it, the flag beside it that shuts out the limit itself. */
function limit(name: string, exclusive: string, sign: 1 | -1): Record<string, Keyword> {
  return {
    [name]: (argument, schema) => {
      if (!isNumber(argument)) throw wrongType(name, 'a number')
      const least = isTruthy(schema[exclusive]) ? 1 : 0
      return on(isNumber, (value) => compare(value, argument) * sign >= least)
    },
    [exclusive]: (argument, schema) => {
      if (typeof argument !== 'boolean') throw wrongType(exclusive, 'a boolean')
      if (name in schema) return anything
      throw new MongoError(
        'FailedToParse',
        `$jsonSchema keyword '${name}' must be a present if ${exclusive} is present`,
      )
    },
  }
}

/** Values that differ in nothing but the order of their fields are one. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unordered)
  if (!isDoc(value)) return value
  const fields = Object.entries(value).sort(([a], [b]) => compareStrings(a, b))
  return Object.fromEntries(fields.map(([name, field]) => [name, unordered(field)]))
}

const keyOf = (value: unknown): string => encodeKey(unordered(value)).toString('latin1')

const TYPES: Readonly<Record<string, string>> = {
  object: 'object',
  array: 'array',
  number: 'number',
  boolean: 'bool',
  string: 'string',
  null: 'null',
}

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  title: () => anything,
  description: () => anything,
  bsonType: (argument) => typeTest(argument),
  type: (argument) =>
    typeTest(
      [argument].flat().map((name) => {
        const type = Object.hasOwn(TYPES, String(name)) ? TYPES[String(name)] : undefined
        if (!type) throw new MongoError('FailedToParse', `$jsonSchema type '${String(name)}' is not supported`)
        return type
      }),
    ),
  enum: (argument) => {
    const keys = new Set(nonEmptyList('enum', argument).map(keyOf))
    return (value) => keys.has(keyOf(value))
  },
  allOf: (argument) => {
    const tests = nonEmptyList('allOf', argument).map(schemaTest)
    return (value) => tests.every((test) => test(value))
  },
  anyOf: (argument) => {
    const tests = nonEmptyList('anyOf', argument).map(schemaTest)
    return (value) => tests.some((test) => test(value))
  },
  oneOf: (argument) => {
    const tests = nonEmptyList('oneOf', argument).map(schemaTest)
    return (value) => tests.filter((test) => test(value)).length === 1
  },
  not: (argument) => {
    const test = schemaTest(argument)
    return (value) => !test(value)
  },

  required: (argument) => {
    const names = namesIn('required', nonEmptyList('required', argument))
    return on<Doc>(isDoc, (doc) => names.every((name) => Object.hasOwn(doc, name)))
  },
  properties: (argument) => {
    const tests = schemasIn('properties', argument)
    return on<Doc>(isDoc, (doc) => tests.every(([name, test]) => !Object.hasOwn(doc, name) || test(doc[name])))
  },
  patternProperties: (argument) => {
    const tests = patternsIn(argument)
    return on<Doc>(isDoc, (doc) =>
      Object.entries(doc).every(([name, value]) =>
        tests.every(([pattern, test]) => !pattern.test(name) || test(value)),
      ),
    )
  },
  additionalProperties: (argument, { properties, patternProperties }) => {
    const test = allowance('additionalProperties', argument)
    const known = new Set(isDoc(properties) ? Object.keys(properties) : [])
    const patterns = patternsIn(patternProperties ?? {})
    const isKnown = (name: string) => known.has(name) || patterns.some(([pattern]) => pattern.test(name))
    return on<Doc>(isDoc, (doc) => Object.entries(doc).every(([name, value]) => isKnown(name) || test(value)))
  },
  dependencies: (argument) => {
    if (!isDoc(argument)) throw wrongType('dependencies', 'an object')
    const tests = Object.entries(argument).map(([name, needs]) => {
      const schema = Array.isArray(needs) ? { required: needs } : needs
      return [name, schemaTest(schema)] as const
    })
    return on<Doc>(isDoc, (doc) => tests.every(([name, test]) => !Object.hasOwn(doc, name) || test(doc)))
  },
  ...bounds('Properties', isDoc, (doc: Doc) => Object.keys(doc).length),

  items: (argument) => {
    if (!Array.isArray(argument)) {
      const test = schemaTest(argument)
      return on<unknown[]>(Array.isArray, (list) => list.every((each) => test(each)))
    }
    const tests = argument.map(schemaTest)
    return on<unknown[]>(Array.isArray, (list) => tests.every((test, i) => i >= list.length || test(list[i])))
  },
  additionalItems: (argument, { items }) => {
    const test = allowance('additionalItems', argument)
    return Array.isArray(items)
      ? on<unknown[]>(Array.isArray, (list) => list.slice(items.length).every((each) => test(each)))
      : anything
  },
  ...bounds('Items', Array.isArray, (list: unknown[]) => list.length),
  uniqueItems: (argument) =>
    argument === true
      ? on<unknown[]>(Array.isArray, (list) => new Set(list.map(keyOf)).size === list.length)
      : anything,

  ...limit('minimum', 'exclusiveMinimum', 1),
  ...limit('maximum', 'exclusiveMaximum', -1),
  multipleOf: (argument) => {
    const divisor = toNumber(argument)
    if (Number.isNaN(divisor)) throw wrongType('multipleOf', 'a number')
    if (divisor <= 0)
      throw new MongoError('FailedToParse', "$jsonSchema keyword 'multipleOf' must have a positive value")
    return on(isNumber, (value) => toNumber(value) % divisor === 0)
  },

  ...bounds('Length', isText, (text: string) => [...text].length),
  pattern: (argument) => {
    if (!isText(argument)) throw wrongType('pattern', 'a string')
    const pattern = compileRegex(argument)
    return on<string>(isText, (text) => pattern.test(text))
  },
}

const wrongType = (keyword: string, wanted: string): MongoError =>
  new MongoError('TypeMismatch', `$jsonSchema keyword '${keyword}' must be ${wanted}`)

function nonEmptyList(keyword: string, argument: unknown): unknown[] {
  if (!Array.isArray(argument)) throw wrongType(keyword, 'an array')
  if (argument.length === 0)
    throw new MongoError('FailedToParse', `$jsonSchema keyword '${keyword}' cannot be an empty array`)
  return argument
}

function namesIn(keyword: string, list: readonly unknown[]): string[] {
  if (!list.every(isText)) throw wrongType(keyword, 'an array of strings')
  return [...list]
}

function schemasIn(keyword: string, argument: unknown): [string, ValueTest][] {
  if (!isDoc(argument)) throw wrongType(keyword, 'an object')
  return Object.entries(argument).map(([name, schema]) => [name, schemaTest(schema)])
}

const patternsIn = (argument: unknown): [RegExp, ValueTest][] =>
  schemasIn('patternProperties', argument).map(([pattern, test]) => [compileRegex(pattern), test])

/** What is allowed beside what is named: all, nothing, or what a schema says. */
function allowance(keyword: string, argument: unknown): ValueTest {
  if (typeof argument === 'boolean') return () => argument
  if (!isDoc(argument)) throw wrongType(keyword, 'an object or a boolean')
  return schemaTest(argument)
}

function wholeNumber(keyword: string, argument: unknown): number {
  const value = toNumber(argument)
  if (!Number.isInteger(value) || value < 0) {
    throw new MongoError('FailedToParse', `$jsonSchema keyword '${keyword}' must be a non-negative integer`)
  }
  return value
}
