import type { Collection, Document } from 'mongodb'
import { DISTRICTS } from './documents.js'

/** What is asked of a collection of entries, once for each `n`. */
export const QUESTIONS: readonly {
  title: string
  times: number
  ask: (entries: Collection, n: number) => Promise<unknown>
}[] = [
  { title: 'find by _id', times: 1000, ask: (entries, n) => entries.findOne({ _id: n as never }) },
  {
    title: 'indexed find of 20',
    times: 500,
    ask: (entries, n) =>
      entries
        .find({ district: n % DISTRICTS })
        .sort({ at: -1 })
        .limit(20)
        .toArray(),
  },
  { title: 'count by index', times: 100, ask: (entries, n) => entries.countDocuments({ district: n % DISTRICTS }) },
  { title: 'count of all', times: 20, ask: (entries) => entries.countDocuments() },
  { title: 'find without index', times: 3, ask: (entries, n) => entries.findOne({ name: `không có ${n}` }) },
  { title: 'group of all', times: 3, ask: (entries) => entries.aggregate(GROUPING).toArray() },
]

const GROUPING: Document[] = [
  { $group: { _id: '$district', n: { $sum: 1 }, last: { $max: '$at' } } },
  { $sort: { n: -1, _id: 1 } },
]

/** Milliseconds of each, one after another, at entries all over the collection. */
export async function timesOf(
  entries: Collection,
  size: number,
  { times, ask }: (typeof QUESTIONS)[number],
): Promise<number[]> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const began = performance.now()
    await ask(entries, (i * 7919) % size)
    taken.push(performance.now() - began)
  }
  return taken
}
