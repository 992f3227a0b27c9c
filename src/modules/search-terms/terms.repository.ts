import type { ClientSession, Connection } from 'mongoose'
import type { PlainDate } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { type Page, pageOf } from '../../kernel/pagination.js'
import { inTransaction } from '../../platform/db/connection.js'
import { type SearchTermRow, searchTermModel } from './terms.model.js'
import { type SearchTerm, summaryOf } from './terms.rules.js'

/** A phrase as curators see it. */
export type ShownTerm = Pick<SearchTermRow, 'key' | 'text' | 'count' | 'missed' | 'last'> & {
  /** Latest first. */
  days: { day: PlainDate; count: number }[]
}

/** All phrases that may be shown, or those that find nothing. */
export type WhichTerms = 'all' | 'missing'

export interface SearchTermRepository {
  /** Makes of the phrase's row (null when there is none) the next one; null takes it out. `until`: when it is forgotten. */
  update(parkId: string, key: string, next: (term: SearchTerm | null) => SearchTerm | null, until?: Date): Promise<void>
  /** Phrases that may be shown, the most searched for first. */
  shown(
    parkId: string,
    query: { which: WhichTerms; page: number; size: number },
  ): Promise<{ terms: ShownTerm[]; page: Page }>
  countMissing(parkId: string): Promise<number>
  /** Shows it no more among what finds nothing, however often it is typed until it is forgotten; false when it is not there. */
  dismiss(parkId: string, key: string, session: ClientSession): Promise<boolean>
  /** Keys of phrases that were searched for before a day, at most `limit`. */
  olderThan(parkId: string, day: PlainDate, limit: number): Promise<{ key: string }[]>
}

export function searchTermRepository(db: Connection): SearchTermRepository {
  const terms = searchTermModel(db)
  const filterOf = (parkId: string, which: WhichTerms) =>
    which === 'all' ? { parkId, shown: true } : { parkId, missing: true }
  const shownFields = { key: 1, text: 1, count: 1, missed: 1, last: 1, days: 1 } as const
  return {
    update: (parkId, key, next, until) =>
      inTransaction(db, async (session) => {
        const row = await terms.findOne({ parkId, key }, null, { session }).lean<SearchTermRow>()
        const term = next(row)
        if (term) {
          const summary = summaryOf(term)
          const missing = summary.missing && !row?.dismissed
          const set = { days: term.days, ...summary, missing, ...(until && { until }) }
          const filter = row ? { _id: row._id } : { parkId, key }
          await terms.updateOne(
            filter,
            { $set: set, $setOnInsert: { _id: newId() } },
            { session, upsert: row === null },
          )
        } else if (row) await terms.deleteOne({ _id: row._id }, { session })
      }),
    shown: async (parkId, { which, page: asked, size }) => {
      const filter = filterOf(parkId, which)
      const page = pageOf(asked, size, await terms.countDocuments(filter))
      const rows = await terms
        .find(filter, shownFields)
        .sort(which === 'all' ? { count: -1, key: 1 } : { missed: -1, key: 1 })
        .skip(page.offset)
        .limit(size)
        .lean<SearchTermRow[]>()
      return { page, terms: rows.map(toShown) }
    },
    countMissing: (parkId) => terms.countDocuments(filterOf(parkId, 'missing')),
    dismiss: async (parkId, key, session) => {
      const set = { missing: false, dismissed: true }
      const { matchedCount } = await terms.updateOne({ parkId, key, missing: true }, { $set: set }, { session })
      return matchedCount > 0
    },
    olderThan: async (parkId, day, limit) => {
      const rows = await terms
        .find({ parkId, first: { $lt: day } }, { key: 1 })
        .limit(limit)
        .lean()
      return rows.map(({ key }) => ({ key }))
    },
  }
}

const toShown = ({ key, text, count, missed, last, days }: SearchTermRow): ShownTerm => ({
  ...{ key, text, count, missed, last },
  days: days.map((one) => ({ day: one.day, count: one.count })).reverse(),
})
