import type { ClientSession, Connection } from 'mongoose'
import type { PlainDate } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { type Page, pageOf } from '../../kernel/pagination.js'
import { inTransaction } from '../../platform/db/connection.js'
import { type SearchMissRow, searchMissModel } from './misses.model.js'
import { type Miss, summaryOf } from './misses.rules.js'

/** A phrase as curators see it. */
export type ShownMiss = Pick<SearchMissRow, 'key' | 'text' | 'count' | 'last'>

export interface SearchMissRepository {
  /** Makes of the phrase's row (null when there is none) the next one; null takes it out. `until`: when it is forgotten. */
  update(parkId: string, key: string, next: (miss: Miss | null) => Miss | null, until: Date): Promise<void>
  /** Phrases that may be shown, the most typed first. */
  shown(parkId: string, query: { page: number; size: number }): Promise<{ misses: ShownMiss[]; page: Page }>
  countShown(parkId: string): Promise<number>
  remove(parkId: string, key: string): Promise<void>
  /** Shows it no more, however often it is typed until it is forgotten; false when it is not shown. */
  dismiss(parkId: string, key: string, session: ClientSession): Promise<boolean>
  /** Keys of phrases that were typed before a day, at most `limit`. */
  olderThan(parkId: string, day: PlainDate, limit: number): Promise<{ key: string; until: Date }[]>
}

export function searchMissRepository(db: Connection): SearchMissRepository {
  const misses = searchMissModel(db)
  const countShown = (parkId: string) => misses.countDocuments({ parkId, shown: true })
  return {
    update: (parkId, key, next, until) =>
      inTransaction(db, async (session) => {
        const row = await misses.findOne({ parkId, key }, null, { session }).lean<SearchMissRow>()
        const miss = next(row)
        if (miss) {
          const summary = summaryOf(miss)
          const set = { days: miss.days, ...summary, shown: summary.shown && !row?.dismissed, until }
          const filter = row ? { _id: row._id } : { parkId, key }
          await misses.updateOne(
            filter,
            { $set: set, $setOnInsert: { _id: newId() } },
            { session, upsert: row === null },
          )
        } else if (row) await misses.deleteOne({ _id: row._id }, { session })
      }),
    shown: async (parkId, { page: asked, size }) => {
      const page = pageOf(asked, size, await countShown(parkId))
      const rows = await misses
        .find({ parkId, shown: true }, { key: 1, text: 1, count: 1, last: 1 })
        .sort({ count: -1, key: 1 })
        .skip(page.offset)
        .limit(size)
        .lean<ShownMiss[]>()
      return { page, misses: rows.map(({ key, text, count, last }) => ({ key, text, count, last })) }
    },
    countShown,
    remove: async (parkId, key) => {
      await misses.deleteOne({ parkId, key })
    },
    dismiss: async (parkId, key, session) => {
      const set = { shown: false, dismissed: true }
      const { matchedCount } = await misses.updateOne({ parkId, key, shown: true }, { $set: set }, { session })
      return matchedCount > 0
    },
    olderThan: async (parkId, day, limit) => {
      const rows = await misses
        .find({ parkId, first: { $lt: day } }, { key: 1, until: 1 })
        .limit(limit)
        .lean()
      return rows.map(({ key, until }) => ({ key, until }))
    },
  }
}
