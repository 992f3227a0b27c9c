import { inspect } from 'node:util'
import { EJSON } from 'bson'
import type { ClientSession } from 'mongodb'
import type { Entities } from './entities.js'
import { Mismatch } from './outcomes.js'

export interface MatchOptions {
  /** Where further fields are allowed: at the root, which for a list of results is each of them, or everywhere. */
  extra: 'nowhere' | 'at the root' | 'everywhere'
  path?: string
}

/**
 * Holds a value against what a test expects, by the format's rules: numbers by value, fields in any order, `$$` operators.
 * @throws Mismatch naming the place
 */
export function match(
  actual: unknown,
  expected: unknown,
  entities: Entities,
  { extra, path = '' }: MatchOptions,
): void {
  const [found, wanted] = [plain(actual), plain(expected)]
  const expect = (holds: boolean): void => {
    if (!holds) throw new Mismatch(`${path || 'result'}: expected ${show(wanted)}, found ${show(found)}`)
  }
  const operator = operatorOf(wanted)
  if (operator) {
    const test = OPERATORS[operator.name]
    if (!test) throw new Mismatch(`${path}: unknown operator ${operator.name}`)
    expect(test(found, operator.argument, entities, { extra, path }))
  } else if (Array.isArray(wanted)) {
    const elements = Array.isArray(found) ? found : []
    expect(Array.isArray(found) && elements.length === wanted.length)
    for (const [i, each] of wanted.entries()) match(elements[i], each, entities, { extra, path: `${path}[${i}]` })
  } else if (isFields(wanted)) {
    const fields = isFields(found) ? found : {}
    expect(isFields(found))
    const within = extra === 'everywhere' ? extra : 'nowhere'
    for (const [name, value] of Object.entries(wanted))
      match(fields[name], value, entities, { extra: within, path: `${path}.${name}` })
    expect(extra !== 'nowhere' || Object.keys(fields).every((name) => name in wanted || fields[name] === undefined))
  } else expect(same(found, wanted))
}

type Test = (found: unknown, argument: unknown, entities: Entities, options: MatchOptions) => boolean

const matches = (actual: unknown, expected: unknown, entities: Entities, options: MatchOptions): true => {
  match(actual, expected, entities, options)
  return true
}

const OPERATORS: Readonly<Record<string, Test>> = {
  $$exists: (found, wanted) => (found !== undefined) === wanted,
  $$type: (found, types) => [types].flat().some((type) => TYPES[String(type)]?.(found) === true),
  $$unsetOrMatches: (found, wanted, entities, options) =>
    found === undefined || found === null || matches(found, wanted, entities, options),
  $$matchesEntity: (found, name, entities) => same(found, plain(entities.get(String(name)))),
  $$matchesHexBytes: (found, hex) => found instanceof Uint8Array && Buffer.from(found).toString('hex') === hex,
  $$sessionLsid: (found, name, entities) =>
    same(found, plain((entities.get(String(name)) as ClientSession).id), { loosely: true }),
  $$lte: (found, most) => typeof found === 'number' && found <= Number(most),
  $$matchAsDocument: (found, wanted, entities, { path = '' }) =>
    typeof found === 'string' && matches(EJSON.parse(found), wanted, entities, { extra: 'nowhere', path }),
  $$matchAsRoot: (found, wanted, entities, { path = '' }) =>
    matches(found, wanted, entities, { extra: 'at the root', path }),
}

/** What became of the types that the driver turns into JavaScript's own. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number' || bsonType(value) === 'Decimal128',
  double: (value) => typeof value === 'number',
  int: Number.isInteger,
  long: Number.isInteger,
  string: (value) => typeof value === 'string',
  object: isFields,
  array: Array.isArray,
  bool: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  binData: (value) => value instanceof Uint8Array || bsonType(value) === 'Binary',
  objectId: (value) => bsonType(value) === 'ObjectId',
  decimal: (value) => bsonType(value) === 'Decimal128',
  timestamp: (value) => bsonType(value) === 'Timestamp',
}

function operatorOf(value: unknown): { name: string; argument: unknown } | undefined {
  if (!isFields(value)) return undefined
  const [[name, argument] = [], ...others] = Object.entries(value)
  return name?.startsWith('$$') && others.length === 0 ? { name, argument } : undefined
}

const bsonType = (value: unknown): string | undefined => (value as { _bsontype?: string } | null)?._bsontype

/** Numbers of whatever type as numbers, ordered maps as the fields they hold. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value)
  if (typeof value === 'bigint' || ['Long', 'Int32', 'Double'].includes(bsonType(value) ?? '')) return Number(value)
  return value
}

function isFields(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || bsonType(value) !== undefined) return false
  return !(Array.isArray(value) || value instanceof Date || value instanceof RegExp || value instanceof Uint8Array)
}

/** @param loosely whether only the text of both is compared */
function same(a: unknown, b: unknown, { loosely = false } = {}): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a === b || (Number.isNaN(a) && Number.isNaN(b))
  if (typeof a !== typeof b && !loosely) return false
  return text(a) === text(b)
}

const text = (value: unknown): string => EJSON.stringify({ value }, { relaxed: true })

const show = (value: unknown): string =>
  inspect(value, { depth: 4, breakLength: Number.POSITIVE_INFINITY }).slice(0, 300)
