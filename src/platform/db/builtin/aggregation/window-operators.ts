import { Double } from 'bson'
import { compare } from '../bson/compare.js'
import { type Doc, isDoc, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { requireTime } from '../time-limit.js'
import { compileExpression } from './expressions.js'
import { isNil, isNumeric } from './operators/numbers.js'
import type { Bounds } from './window-bounds.js'

/** A document of a part, and what the part is sorted by first. */
export interface Member {
  doc: Doc
  at: unknown
}

/** The values of one field for all documents of a part, which are in its order. */
export type Column = (members: readonly Member[]) => unknown[]

type WindowOperator = (argument: unknown, variables: Doc, bounds: Bounds | undefined) => Column

const tied = (members: readonly Member[], i: number): boolean => compare(members[i]?.at, members[i - 1]?.at) === 0

const specOf = (argument: unknown): Doc => (isDoc(argument) ? argument : {})

/** Operators that know their neighbours; all others that windows take are accumulators. */
export const WINDOW_OPERATORS: ReadonlyMap<string, WindowOperator> = new Map<string, WindowOperator>([
  ['$documentNumber', () => (members) => members.map((_, i) => i + 1)],
  [
    '$rank',
    () => (members) => {
      const ranks: number[] = []
      for (const i of members.keys()) ranks.push(i > 0 && tied(members, i) ? (ranks[i - 1] ?? 0) : i + 1)
      return ranks
    },
  ],
  [
    '$denseRank',
    () => (members) => {
      const ranks: number[] = []
      for (const i of members.keys()) ranks.push((ranks[i - 1] ?? 0) + (i > 0 && tied(members, i) ? 0 : 1))
      return ranks
    },
  ],
  [
    '$shift',
    (argument, variables) => {
      const { output, by, default: otherwise = null } = specOf(argument)
      const compute = compileExpression(output, variables)
      const none = compileExpression(otherwise, variables)({})
      return (members) =>
        members.map((_, i) => {
          const other = members[i + toNumber(by)]
          return other ? compute(other.doc) : none
        })
    },
  ],
  [
    '$locf',
    (argument, variables) => {
      const compute = compileExpression(argument, variables)
      return (members) => {
        let last: unknown = null
        return members.map(({ doc }) => (last = compute(doc) ?? last))
      }
    },
  ],
  ['$linearFill', linearFill],
  ['$expMovingAvg', movingAverage],
  ['$derivative', overTime((points, unit) => (points.length < 2 ? null : rise(points, 0, points.length - 1) * unit))],
  [
    '$integral',
    overTime((points, unit) =>
      points.slice(1).reduce((area, { x, y }, i) => {
        const before = points[i] ?? { x, y }
        return area + ((before.y + y) / 2) * ((x - before.x) / unit)
      }, 0),
    ),
  ],
  ['$covariancePop', covariance(0)],
  ['$covarianceSamp', covariance(1)],
])

interface Point {
  x: number
  y: number
}

const rise = (points: readonly Point[], from: number, to: number): number => {
  const [a, b] = [points[from], points[to]] as [Point, Point]
  return (b.y - a.y) / (b.x - a.x)
}

const placeOf = (at: unknown): number => (at instanceof Date ? +at : toNumber(at))

function linearFill(argument: unknown, variables: Doc): Column {
  const compute = compileExpression(argument, variables)
  return (members) => {
    const values = members.map(({ doc }) => compute(doc))
    const points = members.map(({ at }, i) => ({ x: placeOf(at), y: toNumber(values[i]) }))
    return values.map((value, i) => {
      if (!isNil(value)) return value
      requireTime()
      const before = values.findLastIndex((each, j) => j < i && isNumeric(each))
      const after = values.findIndex((each, j) => j > i && isNumeric(each))
      if (before < 0 || after < 0) return null
      const start = points[before] as Point
      return new Double(start.y + ((points[i]?.x ?? 0) - start.x) * rise(points, before, after))
    })
  }
}

function movingAverage(argument: unknown, variables: Doc): Column {
  const { input, N, alpha } = specOf(argument)
  if ((N === undefined) === (alpha === undefined))
    throw new MongoError('FailedToParse', "$expMovingAvg requires either 'N' or 'alpha'")
  const compute = compileExpression(input, variables)
  const weight = N === undefined ? toNumber(alpha) : 2 / (toNumber(N) + 1)
  return (members) => {
    let average: number | undefined
    return members.map(({ doc }) => {
      const value = compute(doc)
      if (isNumeric(value)) {
        const number = toNumber(value)
        average = average === undefined ? number : number * weight + average * (1 - weight)
      }
      return average === undefined ? null : new Double(average)
    })
  }
}

const UNITS: Readonly<Record<string, number>> = {
  week: 7 * 24 * 3_600_000,
  day: 24 * 3_600_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}

/** What is made of a curve in a window; `unit` is the length of a unit of time, 1 where it is not over time. */
function overTime(compute: (points: readonly Point[], unit: number) => number | null): WindowOperator {
  return (argument, variables, bounds) => {
    const { input, unit } = specOf(argument)
    const value = compileExpression(input, variables)
    const length = unit === undefined ? 1 : UNITS[String(unit)]
    if (length === undefined) throw new MongoError('Location5490704', 'unit must be week or smaller')
    return (members) => {
      const points = members.map(({ doc, at }) => ({ x: placeOf(at), y: numberOf(value(doc)) }))
      return members.map((_, i) => {
        requireTime()
        const result = compute(points.slice(...(bounds?.(members, i) ?? [])), length)
        return result === null ? null : new Double(result)
      })
    }
  }
}

function numberOf(value: unknown): number {
  if (isNumeric(value)) return toNumber(value)
  throw new MongoError('Location5624900', 'a curve over a window needs numbers')
}

function covariance(without: 0 | 1): WindowOperator {
  return (argument, variables, bounds) => {
    const compute = compileExpression(argument, variables)
    return (members) => {
      const pairs = members.map(({ doc }) => compute(doc))
      return members.map((_, i) => {
        requireTime()
        const points = pairs
          .slice(...(bounds?.(members, i) ?? []))
          .filter((pair): pair is unknown[] => Array.isArray(pair) && pair.length === 2 && pair.every(isNumeric))
          .map(([x, y]) => ({ x: toNumber(x), y: toNumber(y) }))
        if (points.length <= without) return null
        const mean = (of: 'x' | 'y') => points.reduce((total, point) => total + point[of], 0) / points.length
        const [x, y] = [mean('x'), mean('y')]
        const total = points.reduce((part, point) => part + (point.x - x) * (point.y - y), 0)
        return new Double(total / (points.length - without))
      })
    }
  }
}
