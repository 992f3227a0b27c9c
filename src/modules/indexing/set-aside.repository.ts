import type { Connection } from 'mongoose'
import { type SetAsideRow, setAsideModel } from './set-aside.model.js'

/** Records set aside, of one engine. */
export interface SetAsideRows {
  all(): Promise<SetAsideRow[]>
  save(rows: readonly Omit<SetAsideRow, '_id' | 'engine'>[]): Promise<void>
  remove(rows: readonly Pick<SetAsideRow, 'type' | 'recordId'>[]): Promise<void>
}

/** Few rows: whatever is wrong with a record is put right, or it would not be found. */
export function setAsideRepository(db: Connection, engine: string): SetAsideRows {
  const rows = setAsideModel(db)
  const keyOf = ({ type, recordId }: Pick<SetAsideRow, 'type' | 'recordId'>) => `${engine} ${type} ${recordId}`
  return {
    all: () => rows.find({ engine }).lean(),
    save: async (kept) => {
      if (kept.length === 0) return
      await rows.bulkWrite(
        kept.map((row) => ({
          updateOne: { filter: { _id: keyOf(row) }, update: { $set: { ...row, engine } }, upsert: true },
        })),
      )
    },
    remove: async (gone) => {
      if (gone.length > 0) await rows.deleteMany({ _id: { $in: gone.map(keyOf) } })
    },
  }
}
