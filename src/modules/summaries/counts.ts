import type { ClientSession, Connection } from 'mongoose'
import { summaryModels } from './summaries.model.js'
import { dimensionsOf } from './summaries.rules.js'
import type { CountRow, Dimensions } from './summaries.types.js'

/** A listing comes to be counted elsewhere: `from` null when it is new. */
export interface Move {
  parkId: string
  from: Dimensions | null
  to: Dimensions
}

/** Counts listings from one combination into another; in the transaction of what moved them. */
export async function countMoves(db: Connection, moves: readonly Move[], session?: ClientSession): Promise<void> {
  const sums = new Map<string, CountRow>()
  const add = (parkId: string, dimensions: Dimensions, n: number) => {
    const key = keyOf(parkId, dimensions)
    const row = sums.get(key) ?? { _id: key, parkId, ...dimensionsOf(dimensions), n: 0 }
    sums.set(key, { ...row, n: row.n + n })
  }
  for (const { parkId, from, to } of moves) {
    if (from) add(parkId, from, -1)
    add(parkId, to, 1)
  }
  const changed = [...sums.values()].filter(({ n }) => n !== 0)
  if (changed.length === 0) return
  await summaryModels(db).counts.bulkWrite(
    changed.map(({ _id, n, ...rest }) => ({
      updateOne: { filter: { _id }, update: { $inc: { n }, $setOnInsert: rest }, upsert: true },
    })),
    { ...(session && { session }) },
  )
}

const keyOf = (parkId: string, { type, standing, band, source, featured, owned }: Dimensions) =>
  [parkId, type, standing, band, source, featured, owned].join('|')
