import { type Document, Int32 } from 'bson'
import { bitwise, calculate, PRODUCT, SUM } from './arithmetic.js'
import { matches } from './filter.js'
import { removeAt, setAt, valueAt } from './targets.js'
import { asDouble, CODE, isObject, kindOf, order, Refused, type StringOrder, same, type Value } from './values.js'

/** Applies one operator at one place of a document, which it changes. */
export function applyOperator(
  doc: Document,
  operator: string,
  path: readonly string[],
  argument: Value,
  strings?: StringOrder,
): void {
  if (operator === '$unset') {
    removeAt(doc, path)
    return
  }
  const next = nextValue(valueAt(doc, path, true), operator, argument, strings)
  if (next !== undefined) setAt(doc, path, next)
}

/** What an operator makes of a value (undefined: there is none yet); undefined where it leaves it alone. */
function nextValue(value: Value, operator: string, argument: Value, strings?: StringOrder): Value {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return argument
    case '$inc':
      return value === undefined ? argument : calculate(number(value), argument, SUM)
    case '$mul':
      return calculate(value === undefined ? new Int32(0) : number(value), argument, PRODUCT)
    case '$min':
      return value === undefined || order(argument, value, strings) < 0 ? argument : undefined
    case '$max':
      return value === undefined || order(argument, value, strings) > 0 ? argument : undefined
    case '$bit': {
      const [[name, operand]] = Object.entries(argument as Document) as [[string, Value]]
      if (value !== undefined && !/Int32|Long/.test((value as { _bsontype?: string } | null)?._bsontype ?? ''))
        throw new Refused(CODE.BadValue)
      return bitwise(value ?? new Int32(0), name, operand)
    }
    case '$push':
      return push(array(value) ?? [], argument)
    case '$addToSet': {
      const each = isObject(argument) && '$each' in argument ? (argument.$each as Value[]) : [argument]
      const set = [...(array(value) ?? [])]
      for (const one of each) if (!set.some((known) => same(known, one, strings))) set.push(one)
      return set
    }
    case '$pop': {
      if (value !== undefined && !Array.isArray(value)) throw new Refused(CODE.TypeMismatch)
      return asDouble(argument) > 0 ? value?.slice(0, -1) : value?.slice(1)
    }
    case '$pull':
      return array(value)?.filter((element) => !isPulled(element, argument, strings))
    case '$pullAll':
      return array(value)?.filter((element) => !(argument as Value[]).some((each) => same(each, element, strings)))
  }
  throw new Error(`the reference does not know ${operator}`)
}

function number(value: Value): Value {
  if (kindOf(value) !== 'Number') throw new Refused(CODE.TypeMismatch)
  return value
}

function array(value: Value): Value[] | undefined {
  if (value !== undefined && !Array.isArray(value)) throw new Refused(CODE.BadValue)
  return value
}

function push(elements: readonly Value[], argument: Value): Value[] {
  if (!isObject(argument) || !('$each' in argument)) return [...elements, argument]
  const { $each, $position, $sort, $slice } = argument
  const result = [...elements]
  result.splice($position === undefined ? result.length : asDouble($position), 0, ...($each as Value[]))
  if ($sort !== undefined) result.sort((a, b) => pushOrder(a, b, $sort))
  if ($slice === undefined) return result
  const count = asDouble($slice)
  return count < 0 ? result.slice(count) : result.slice(0, count)
}

/** Elements by themselves, or documents by their fields, of which a missing one is null and an array is taken whole. */
function pushOrder(a: Value, b: Value, sort: Value): number {
  if (!isObject(sort)) return order(a, b) * asDouble(sort)
  for (const [name, direction] of Object.entries(sort)) {
    const [left, right] = [a, b].map((each) =>
      isObject(each) ? (valueAt(each, name.split('.'), false) ?? null) : null,
    )
    const by = order(left, right) * asDouble(direction)
    if (by !== 0) return by
  }
  return 0
}

/** By a condition on the element where there is one, which also looks into an array; else by equality. */
function isPulled(element: Value, condition: Value, strings?: StringOrder): boolean {
  const fields = isObject(condition)
  const byFields = fields && !Object.keys(condition)[0]?.startsWith('$')
  if (byFields) return isObject(element) && matches(element, condition, strings)
  if (fields || kindOf(condition) === 'RegExp') return matches({ element }, { element: condition }, strings)
  return same(element, condition, strings)
}
