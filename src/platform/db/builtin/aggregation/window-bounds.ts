import { isDoc, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import type { SortField } from '../query/sort.js'
import { requireTime } from '../time-limit.js'
import { later } from './operators/calendar.js'
import { isNumeric } from './operators/numbers.js'
import type { Member } from './window-operators.js'

/** From which member to which, the last one not included. */
export type Bounds = ((members: readonly Member[], index: number) => [number, number]) & {
  /** Whether it is always all from the first to the current one. */
  running?: boolean
}

/**
 * The window of a field: `documents` counts places, `range` what documents are sorted by.
 * @returns undefined where it is everything
 */
export function compileBounds(window: unknown, sort: readonly SortField[]): Bounds | undefined {
  if (!isDoc(window)) return undefined
  const { documents, range, unit, ...others } = window
  const asked = documents ?? range
  if (Object.keys(others).length > 0 || (documents !== undefined && range !== undefined) || !isPair(asked)) {
    throw new MongoError('FailedToParse', "a window has either 'documents' or 'range' bounds, two of them")
  }
  const [from, to] = asked.map((bound) => (typeof bound === 'string' ? bound : toNumber(bound)))
  const places = asked.map((bound) => (bound === 'current' ? 0 : toNumber(bound)))
  if ((places[0] ?? 0) > (places[1] ?? 0))
    throw new MongoError('Location5339900', 'Lower bound must not exceed upper bound')
  if (from === 'unbounded' && to === 'unbounded') return undefined
  if (documents !== undefined) {
    if (places.some((place) => !Number.isNaN(place) && !Number.isInteger(place)))
      throw new MongoError('FailedToParse', 'Numeric document-based bounds must be an integer')
    const bounds: Bounds = (members, i) => {
      requireTime()
      const first = from === 'unbounded' ? 0 : Math.max(i + (from === 'current' ? 0 : Number(from)), 0)
      const last = to === 'unbounded' ? members.length : i + (to === 'current' ? 0 : Number(to)) + 1
      return [first, Math.max(first, last)]
    }
    return Object.assign(bounds, { running: from === 'unbounded' && places[1] === 0 })
  }
  if (sort.length !== 1 || sort[0]?.direction !== 1)
    throw new MongoError('Location5339902', 'Range-based bounds require a sortBy of a single, ascending field')
  return (members, i) => {
    requireTime()
    const at = members[i]?.at
    const lower = edge(at, from, unit)
    const upper = edge(at, to, unit)
    const first = from === 'unbounded' ? 0 : members.findIndex((each) => position(each.at) >= lower)
    const last = to === 'unbounded' ? members.length : members.findLastIndex((each) => position(each.at) <= upper) + 1
    return first < 0 ? [0, 0] : [first, Math.max(first, last)]
  }
}

const isPair = (value: unknown): value is [unknown, unknown] =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((bound) => bound === 'unbounded' || bound === 'current' || Number.isFinite(toNumber(bound)))

function edge(at: unknown, bound: unknown, unit: unknown): number {
  if (typeof bound === 'string') return position(at)
  if (unit === undefined) return position(at) + Number(bound)
  if (!(at instanceof Date))
    throw new MongoError(
      'Location5429513',
      'Invalid range: Expected the sortBy field to be a date where there is a unit',
    )
  return +later(at, unit, Number(bound))
}

/** @throws MongoError where documents are sorted by something that has no distances */
function position(at: unknown): number {
  if (at instanceof Date) return +at
  if (isNumeric(at)) return toNumber(at)
  throw new MongoError('Location5429414', 'Invalid range: Expected the sortBy field to be a number or a date')
}
