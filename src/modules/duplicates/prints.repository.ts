import { isDeepStrictEqual } from 'node:util'
import type { ClientSession, Connection } from 'mongoose'
import { AS_THEY_ARE } from '../../platform/db/as-they-are.js'
import type { Projection } from '../../platform/records/change.repository.js'
import {
  duplicateModels,
  ENOUGH_TO_TELL,
  type ListingType,
  type PrintRow,
  printRow,
  toCandidates,
} from './duplicates.model.js'
import { type Candidate, LARGEST_BLOCK } from './pairing.rules.js'

/** Keeps the prints of listings as true as the listings; one whose print stays the same is left alone. */
export function printProjection(db: Connection): Projection {
  const { prints } = duplicateModels(db)
  return async (changed, session) => {
    const fresh: PrintRow[] = []
    const others: PrintRow[] = []
    for (const { type, before, after } of changed) {
      if (type === 'need') continue
      const row = printRow(type, after)
      if (!before) fresh.push(row)
      else if (!isDeepStrictEqual(printRow(type, before).print, row.print)) others.push(row)
    }
    if (fresh.length > 0) await prints.insertMany(fresh, { ...AS_THEY_ARE, session })
    if (others.length > 0) await prints.bulkWrite(others.map(replaced), { session })
  }
}

const replaced = (row: PrintRow) => ({
  replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true },
})

export interface PrintRepository {
  /** Listings whose pairs have yet to be looked for, at most `limit`. */
  fresh(limit: number): Promise<PrintRow[]>
  countFresh(): Promise<number>
  /** Every listing of a park and type, as it is compared. */
  all(parkId: string, type: ListingType): Promise<Candidate[]>
  /** Those that share a key, where not too many do, by that key. */
  blocks(parkId: string, type: ListingType, keys: readonly string[]): Promise<Map<string, Candidate[]>>
  /** Their pairs are found; not of those that have changed since they were read. */
  settle(rows: readonly Pick<PrintRow, '_id' | 'version'>[], session: ClientSession): Promise<void>
}

const KEYS_AT_ONCE = 20

export function printRepository(db: Connection): PrintRepository {
  const { prints } = duplicateModels(db)

  async function block(parkId: string, type: ListingType, key: string): Promise<[string, Candidate[]] | null> {
    const rows = await prints.find({ parkId, type, keys: key }).limit(ENOUGH_TO_TELL).lean<PrintRow[]>()
    return rows.length > 1 && rows.length <= LARGEST_BLOCK ? [key, toCandidates(rows)] : null
  }

  return {
    fresh: (limit) => prints.find({ fresh: true }).limit(limit).lean<PrintRow[]>(),
    countFresh: () => prints.countDocuments({ fresh: true }),
    all: async (parkId, type) => toCandidates(await prints.find({ parkId, type }).lean<PrintRow[]>()),
    blocks: async (parkId, type, keys) => {
      const found = new Map<string, Candidate[]>()
      for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
        const some = await Promise.all(keys.slice(at, at + KEYS_AT_ONCE).map((key) => block(parkId, type, key)))
        for (const one of some) if (one) found.set(...one)
      }
      return found
    },
    settle: async (rows, session) => {
      const updates = rows.map(({ _id, version }) => ({
        updateOne: { filter: { _id, version }, update: { $set: { fresh: false } } },
      }))
      if (updates.length > 0) await prints.bulkWrite(updates, { session })
    },
  }
}
