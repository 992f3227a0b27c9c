import type { Document } from 'bson'
import { elementMatches, type Place } from './filter.js'
import { asDouble, CODE, isObject, kindOf, Refused, type Value } from './values.js'

type Rule = true | false | { $slice: Value } | { $elemMatch: Document } | '$' | Rules
interface Rules extends Map<string, Rule> {}

/** The document that a projection leaves of one; `place` is where the filter met the array that `.$` names. */
export function project(doc: Document, projection: Document, place: Place): Document {
  const rules: Rules = new Map()
  for (const [name, demand] of Object.entries(projection)) addRule(rules, name, demand)
  const including = isIncluding(projection)
  if (including && !rules.has('_id')) rules.set('_id', true)
  const kept = inside(doc, rules, including, place)
  // What `$elemMatch` finds stands behind the fields that were simply kept.
  const found = [...rules].filter(([, rule]) => isObject(rule) && '$elemMatch' in rule).map(([name]) => name)
  const last = Object.entries(kept).filter(([name]) => found.includes(name))
  for (const [name] of last) delete kept[name]
  return { ...kept, ...Object.fromEntries(found.flatMap((name) => last.filter(([other]) => other === name))) }
}

function addRule(rules: Rules, name: string, demand: Value): void {
  const [first = '', ...rest] = name.split('.')
  if (rest.length === 0) {
    rules.set(first, isObject(demand) ? (demand as Rule) : isYes(demand))
  } else if (rest.join('.') === '$') {
    rules.set(first, '$')
  } else {
    const inner = rules.get(first) ?? new Map()
    rules.set(first, inner)
    addRule(inner as Rules, rest.join('.'), demand)
  }
}

const isYes = (demand: Value): boolean => (kindOf(demand) === 'Boolean' ? demand === true : asDouble(demand) !== 0)

/** `_id` may be in or out either way; a `$slice` alone keeps the rest of the document. */
function isIncluding(projection: Document): boolean {
  const others = Object.entries(projection).filter(
    ([name, demand]) => name !== '_id' && !(isObject(demand) && '$slice' in demand),
  )
  const [first] = others
  if (first) return first[0].endsWith('.$') || isObject(first[1]) || isYes(first[1])
  return '_id' in projection && isYes(projection._id)
}

function inside(doc: Document, rules: Rules, including: boolean, place: Place): Document {
  const result: Document = {}
  for (const [name, value] of Object.entries(doc)) {
    const projected = apply(value, rules.get(name) ?? !including, including, place)
    if (projected !== undefined) result[name] = projected
  }
  return result
}

function apply(value: Value, rule: Rule, including: boolean, place: Place): Value {
  if (rule === true) return value
  if (rule === false) return undefined
  if (rule === '$') return positional(value, place)
  if (rule instanceof Map) return nested(value, rule, including, place)
  if ('$slice' in rule) return slice(value, rule.$slice)
  const element = (Array.isArray(value) ? value : []).find((each) => elementMatches(each, rule.$elemMatch))
  return element === undefined ? undefined : [element]
}

/** Within arrays, and arrays in those, each document is projected; what is no document stays only if fields are left out. */
function nested(value: Value, rules: Rules, including: boolean, place: Place): Value {
  if (Array.isArray(value))
    return value.map((each) => nested(each, rules, including, place)).filter((each) => each !== undefined)
  if (isObject(value)) return inside(value, rules, including, place)
  return including ? undefined : value
}

function positional(value: Value, { index }: Place): Value {
  if (!Array.isArray(value)) return value
  if (index === undefined) throw new Refused(51246)
  return [value[index]]
}

function slice(value: Value, argument: Value): Value {
  if (!Array.isArray(value)) return value
  const [first = 0, count] = [argument].flat().map(asDouble)
  if (count === undefined) return first < 0 ? value.slice(first) : value.slice(0, first)
  if (count <= 0) throw new Refused(CODE.BadValue)
  const start = first < 0 ? Math.max(0, value.length + first) : first
  return value.slice(start, start + count)
}
