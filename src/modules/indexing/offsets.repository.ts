import type { Connection } from 'mongoose'
import { offsetModel } from './offsets.model.js'

/** The place in the change log of one engine that keeps its documents when the product stops. */
export interface Offsets {
  /** The last change taken in, or null when there is none for documents of this form. */
  load(form: string): Promise<number | null>
  /** Never goes back while the form is the same: another process may be further. */
  save(form: string, seq: number): Promise<void>
  /** The engine starts anew from a change. */
  reset(form: string, seq: number): Promise<void>
}

/** `engine`: its name and address, so that another server starts anew. */
export function offsetsRepository(db: Connection, engine: string): Offsets {
  const offsets = offsetModel(db)
  return {
    load: async (form) => {
      const row = await offsets.findById(engine).lean()
      return row?.form === form ? row.seq : null
    },
    save: async (form, seq) => {
      await offsets.updateOne({ _id: engine, form, seq: { $lt: seq } }, { $set: { seq } })
    },
    reset: async (form, seq) => {
      await offsets.updateOne({ _id: engine }, { $set: { form, seq } }, { upsert: true })
    },
  }
}
