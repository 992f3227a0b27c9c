import type { ClientSession, Connection } from 'mongoose'
import { AS_THEY_ARE } from '../../platform/db/as-they-are.js'
import type { Changed, Projection } from '../../platform/records/change.repository.js'
import { recordRepository } from '../../platform/records/record.repository.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import { countMoves } from './counts.js'
import { summaryModels } from './summaries.model.js'
import { summaryOf } from './summaries.rules.js'
import { LISTING_TYPES, type ListingType, type SummaryRow } from './summaries.types.js'

/** Keeps the summaries as true as the listings, in the transaction of each change. */
export function summaryProjection(db: Connection): Projection {
  const { summaries } = summaryModels(db)
  return async (changed, session) => {
    const listings = changed.filter(isListing)
    if (listings.length === 0) return
    const known = listings.flatMap(({ before, after }) => (before ? [after.id] : []))
    const rows =
      known.length > 0 ? await summaries.find({ _id: { $in: known } }, null, { session }).lean<SummaryRow[]>() : []
    const before = new Map(rows.map((row) => [row._id, row]))
    const next = listings.map(({ type, after }) => summaryOf(type, after, before.get(after.id)?.owned ?? false))
    const isNew = new Set(listings.flatMap(({ before, after }) => (before ? [] : [after.id])))
    const fresh = next.filter(({ _id }) => isNew.has(_id))
    const others = next.filter(({ _id }) => !isNew.has(_id))
    if (fresh.length > 0) await summaries.insertMany(fresh, { ...AS_THEY_ARE, session })
    if (others.length > 0)
      await summaries.bulkWrite(
        others.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } })),
        { session },
      )
    const moves = next.map((to) => ({ parkId: to.parkId, from: before.get(to._id) ?? null, to }))
    await countMoves(db, moves, session)
  }
}

type ListingChange = Changed & { type: ListingType }

const isListing = (change: Changed): change is ListingChange => change.type !== 'need'

/** Notes that an organisation has come to have an owner, or no longer has one; part of the transaction that made it so. */
export async function noteOwner(db: Connection, id: string, owned: boolean, session: ClientSession): Promise<void> {
  const before = await summaryModels(db)
    .summaries.findOneAndUpdate({ _id: id, owned: !owned }, { $set: { owned } }, { session })
    .lean<SummaryRow>()
  if (before) await countMoves(db, [{ parkId: before.parkId, from: before, to: { ...before, owned } }], session)
}

const BATCH = 500

/** Makes the summaries of what was there before them; `owned` tells which of some organisations have an owner. */
export async function fillSummaries(
  db: Connection,
  owned: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<void> {
  const { summaries, counts } = summaryModels(db)
  await summaries.deleteMany({})
  await counts.deleteMany({})
  const write = async (type: ListingType, records: readonly StoredRecord<unknown>[]) => {
    if (records.length === 0) return
    const have = await owned(records.map(({ id }) => id))
    const rows = records.map((record) => summaryOf(type, record, have.has(record.id)))
    await summaries.insertMany(rows)
    await countMoves(
      db,
      rows.map((to) => ({ parkId: to.parkId, from: null, to })),
    )
  }
  for (const type of LISTING_TYPES) {
    let batch: StoredRecord<unknown>[] = []
    for await (const record of recordRepository(db).each<unknown>(type)) {
      batch.push(record)
      if (batch.length < BATCH) continue
      await write(type, batch)
      batch = []
    }
    await write(type, batch)
  }
}
