import type { Connection } from 'mongoose'
import { type CaseRow, caseModel } from './cases.model.js'
import { CASE_KINDS, type CaseKind } from './kinds.rules.js'

/** Which of the cases that wait are wanted. */
export interface CaseFilter {
  kind: CaseKind | null
  /** Opaque id of whom they are assigned to, `nobody`, or null for all. */
  assigned: string | null
  /** Those that should have been decided before then; null for all. */
  dueBefore: Date | null
}

/** How many cases of a kind wait with one member of staff, or with nobody. */
export interface CaseCount {
  kind: CaseKind
  assignedTo: string | null
  count: number
  /** How many of them should have been decided already. */
  overdue: number
}

/** A place in the order of the queue. */
export type Place = Pick<CaseRow, '_id' | 'dueAt'>

/** What waits, the most urgent first. */
export interface WaitingCases {
  waiting(parkId: string, filter: CaseFilter, part: { offset: number; size: number }): Promise<CaseRow[]>
  /** The cases around a place, itself among them where it waits and fits: so many before it at most, so many from it on. */
  around(parkId: string, filter: CaseFilter, place: Place, part: { before: number; after: number }): Promise<CaseRow[]>
  /** The first after a place; past the end it begins anew, without the one at that place. Null when there is no other. */
  next(parkId: string, filter: CaseFilter, after: Place | null): Promise<CaseRow | null>
  /** Counts of all that waits. */
  counts(parkId: string, now: Date): Promise<CaseCount[]>
}

const ORDER = { dueAt: 1, _id: 1 } as const

export function waitingCases(db: Connection): WaitingCases {
  const cases = caseModel(db)
  const first = (wanted: object, filter: CaseFilter) =>
    cases.findOne(wanted, null, hintOf(filter)).sort(ORDER).lean<CaseRow>()
  /** Of one kind, whoever has them; the keys of an index tell, so that thousands take no longer than a few. */
  const countOf = async (parkId: string, kind: CaseKind, now: Date): Promise<CaseCount> => {
    const open = { parkId, state: 'open' as const, kind }
    const count = await cases.collection.countDocuments(open)
    const overdue = count > 0 ? await cases.collection.countDocuments({ ...open, dueAt: { $lt: now } }) : 0
    return { kind, assignedTo: null, count, overdue }
  }
  return {
    waiting: (parkId, filter, { offset, size }) =>
      cases.find(query(parkId, filter), null, hintOf(filter)).sort(ORDER).skip(offset).limit(size).lean<CaseRow[]>(),
    around: async (parkId, filter, { _id, dueAt }, { before, after }) => {
      const wanted = query(parkId, filter)
      const part = (side: object, direction: 1 | -1, count: number) =>
        cases
          .find({ $and: [wanted, side] }, null, hintOf(filter))
          .sort({ dueAt: direction, _id: direction })
          .limit(count)
          .lean<CaseRow[]>()
      const [same, later, sameBefore, earlier] = await Promise.all([
        part({ dueAt, _id: { $gte: _id } }, 1, after),
        part({ dueAt: { $gt: dueAt } }, 1, after),
        part({ dueAt, _id: { $lt: _id } }, -1, before),
        part({ dueAt: { $lt: dueAt } }, -1, before),
      ])
      const ahead = [...sameBefore, ...earlier].slice(0, before).reverse()
      return [...ahead, ...[...same, ...later].slice(0, after)]
    },
    next: async (parkId, filter, after) => {
      const wanted = query(parkId, filter)
      if (!after) return first(wanted, filter)
      const { _id, dueAt } = after
      return (
        (await first({ $and: [wanted, { dueAt, _id: { $gt: _id } }] }, filter)) ??
        (await first({ $and: [wanted, { dueAt: { $gt: dueAt } }] }, filter)) ??
        (await first({ ...wanted, _id: { $ne: _id } }, filter))
      )
    },
    counts: async (parkId, now) => {
      const [taken, ...all] = await Promise.all([
        cases
          .find({ parkId, state: 'open', assignedTo: { $gt: '' } }, { kind: 1, assignedTo: 1, dueAt: 1 })
          .lean<Pick<CaseRow, 'kind' | 'assignedTo' | 'dueAt'>[]>(),
        ...CASE_KINDS.map((kind) => countOf(parkId, kind, now)),
      ])
      return byHolder(all, taken, now)
    },
  }
}

/** Those that somebody has taken are few, and are taken out of the counts of all. */
function byHolder(
  all: readonly CaseCount[],
  taken: readonly Pick<CaseRow, 'kind' | 'assignedTo' | 'dueAt'>[],
  now: Date,
): CaseCount[] {
  const counts = new Map(all.map((one) => [`${one.kind} `, { ...one }]))
  for (const { kind, assignedTo, dueAt } of taken) {
    const key = `${kind} ${assignedTo}`
    const own = counts.get(key) ?? { kind, assignedTo, count: 0, overdue: 0 }
    counts.set(key, own)
    const late = dueAt < now ? 1 : 0
    own.count++
    own.overdue += late
    const free = counts.get(`${kind} `)
    if (!free) continue
    free.count--
    free.overdue -= late
  }
  return [...counts.values()].filter(({ count }) => count > 0)
}

const query = (parkId: string, { kind, assigned, dueBefore }: CaseFilter) => ({
  ...{ parkId, state: 'open' as const },
  ...(kind && { kind }),
  ...(assigned && { assignedTo: assigned === 'nobody' ? null : assigned }),
  ...(dueBefore && { dueAt: { $lt: dueBefore } }),
})

/**
 * Null is no single value to an index, so those that nobody has would be sorted in memory. Most of what waits is nobody's:
 * it is quicker to walk all in their order and pass over the others.
 */
const hintOf = ({ kind, assigned }: CaseFilter) =>
  assigned === 'nobody' ? { hint: { parkId: 1, state: 1, ...(kind && { kind: 1 }), dueAt: 1, _id: 1 } as const } : {}
