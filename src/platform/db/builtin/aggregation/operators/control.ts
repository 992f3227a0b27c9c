import { type Doc, fieldOf, isDoc, isTruthy, toNumber } from '../../bson/values.js'
import { MongoError } from '../../errors.js'
import type { Compile, Compute } from '../expressions.js'

/** An operator that decides itself which of its operands are computed, and with which variables. */
export type ControlOperator = (argument: unknown, compile: Compile) => Compute

export const CONTROL_OPERATORS: Readonly<Record<string, ControlOperator>> = {
  $literal: (argument) => () => argument,
  $and: (argument, compile) => {
    const all = listOf(argument).map((each) => compile(each))
    return (scope) => all.every((compute) => isTruthy(compute(scope)))
  },
  $or: (argument, compile) => {
    const any = listOf(argument).map((each) => compile(each))
    return (scope) => any.some((compute) => isTruthy(compute(scope)))
  },
  $cond(argument, compile) {
    const parts = Array.isArray(argument)
      ? argument
      : [named(argument, 'if'), named(argument, 'then'), named(argument, 'else')]
    if (parts.length !== 3)
      throw new MongoError(
        'Location16020',
        `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`,
      )
    const [test, yes, no] = parts.map((each) => compile(each)) as [Compute, Compute, Compute]
    return (scope) => (isTruthy(test(scope)) ? yes(scope) : no(scope))
  },
  $ifNull(argument, compile) {
    const choices = listOf(argument).map((each) => compile(each))
    if (choices.length < 2) throw new MongoError('Location1257300', '$ifNull needs at least two arguments')
    return (scope) => {
      let value: unknown
      for (const compute of choices) {
        value = compute(scope)
        if (value !== undefined && value !== null) break
      }
      return value
    }
  },
  $switch(argument, compile) {
    const branches = listOf(named(argument, 'branches')).map((branch) => ({
      test: compile(named(branch, 'case')),
      result: compile(named(branch, 'then')),
    }))
    const otherwise = isDoc(argument) && 'default' in argument ? compile(argument.default) : undefined
    return (scope) => {
      const chosen = branches.find(({ test }) => isTruthy(test(scope)))?.result ?? otherwise
      if (!chosen) {
        throw new MongoError(
          'Location40066',
          '$switch could not find a matching branch for an input, and no default was specified.',
        )
      }
      return chosen(scope)
    }
  },
  $let(argument, compile) {
    const vars = Object.entries(docOf(named(argument, 'vars'), '$let')).map(([name, value]) => ({
      name,
      compute: compile(value),
    }))
    const within = compile(
      named(argument, 'in'),
      vars.map(({ name }) => name),
    )
    return (scope) => {
      const bound = vars.map(({ name, compute }) => [name, compute(scope)])
      return within({ ...scope, ...Object.fromEntries(bound) })
    }
  },
  $map(argument, compile) {
    const { input, name } = each(argument, compile, '$map')
    const within = compile(named(argument, 'in'), [name])
    return (scope) => input(scope)?.map((element) => within({ ...scope, [name]: element }) ?? null) ?? null
  },
  $filter(argument, compile) {
    const { input, name } = each(argument, compile, '$filter')
    const holds = compile(named(argument, 'cond'), [name])
    const limit = compile(docOf(argument, '$filter').limit ?? null)
    return (scope) => {
      const passed = input(scope)?.filter((element) => isTruthy(holds({ ...scope, [name]: element })))
      const most = limit(scope)
      return passed && most !== null && most !== undefined ? passed.slice(0, limitOf(most)) : (passed ?? null)
    }
  },
  $reduce(argument, compile) {
    const { input } = each(argument, compile, '$reduce')
    const initial = compile(named(argument, 'initialValue'))
    const step = compile(named(argument, 'in'), ['this', 'value'])
    return (scope) =>
      input(scope)?.reduce((value, element) => step({ ...scope, value, this: element }), initial(scope)) ?? null
  },
  $getField(argument, compile) {
    const spec = isDoc(argument) && 'field' in argument ? argument : { field: argument }
    const field = compile(spec.field)
    const input = compile(spec.input ?? '$$CURRENT')
    return (scope) => {
      const doc = input(scope)
      return isDoc(doc) ? fieldOf(doc, String(field(scope))) : undefined
    }
  },
}

const listOf = (argument: unknown): unknown[] => (Array.isArray(argument) ? argument : [argument])

function docOf(argument: unknown, operator: string): Doc {
  if (isDoc(argument)) return argument
  throw new MongoError('FailedToParse', `${operator} only supports an object as its argument`)
}

function limitOf(value: unknown): number {
  const limit = toNumber(value)
  if (!Number.isInteger(limit))
    throw new MongoError('Location327391', `$filter: limit must be represented as a 32-bit integral value: ${value}`)
  if (limit < 1) throw new MongoError('Location327392', `$filter: limit must be greater than 0: ${value}`)
  return limit
}

function named(argument: unknown, name: string): unknown {
  if (isDoc(argument) && name in argument) return argument[name]
  throw new MongoError('FailedToParse', `Missing '${name}' parameter to the expression`)
}

/** The array that an operator goes through, undefined for null, and what it calls the elements. */
function each(argument: unknown, compile: Compile, operator: string) {
  const input = compile(named(argument, 'input'))
  const { as } = docOf(argument, operator)
  return {
    name: typeof as === 'string' ? as : 'this',
    input(scope: Doc): unknown[] | undefined {
      const value = input(scope)
      if (value === undefined || value === null) return undefined
      if (!Array.isArray(value)) throw new MongoError('BadValue', `input to ${operator} must be an array`)
      return value
    },
  }
}
