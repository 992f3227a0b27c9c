import type { ClientSession, Connection } from 'mongoose'
import { alertModels, type ToldRow } from './alerts.model.js'

/** A record as far as a watch knows it. */
export type Known = Pick<ToldRow, 'item' | 'version' | 'met'>

export interface ToldRepository {
  /** What fitted when a watch began; what is noted already stays as it is. */
  noteFirst(watchId: string, found: readonly Known[], session: ClientSession): Promise<void>
  /**
   * Notes what a mail of the same transaction tells.
   * @throws when one of them was told in this version before, so that the mail does not go either.
   */
  noteMailed(watchId: string, news: readonly Known[], at: Date, session: ClientSession): Promise<void>
  of(watchIds: readonly string[]): Promise<ToldRow[]>
  remove(watchIds: readonly string[], session: ClientSession): Promise<void>
}

export function toldRepository(db: Connection): ToldRepository {
  const { told } = alertModels(db)
  const row = (watchId: string, { item, version, met }: Known, mailedAt: Date | null): ToldRow => ({
    ...{ _id: `${watchId}:${item}:${version}`, watchId, item, version, met: [...met], mailedAt },
  })
  return {
    noteFirst: async (watchId, found, session) => {
      const ids = found.map((one) => row(watchId, one, null)._id)
      const there = await told.find({ _id: { $in: ids } }, { _id: 1 }, { session }).lean()
      const known = new Set(there.map(({ _id }) => _id))
      const rows = found.map((one) => row(watchId, one, null)).filter(({ _id }) => !known.has(_id))
      if (rows.length > 0) await told.insertMany(rows, { session })
    },
    noteMailed: async (watchId, news, at, session) => {
      const rows = news.map((one) => row(watchId, one, at))
      await told.insertMany(rows, { session })
    },
    of: (watchIds) => told.find({ watchId: { $in: [...watchIds] } }).lean<ToldRow[]>(),
    remove: async (watchIds, session) => {
      await told.deleteMany({ watchId: { $in: [...watchIds] } }, { session })
    },
  }
}
