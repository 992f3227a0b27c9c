import type { Connection } from 'mongoose'
import { offsetModel } from './offsets.model.js'

/** The place in the change log of one engine that keeps its documents when the product stops. */
export interface Offsets {
  /** The last change taken in, or null when there is none for documents of this form. */
  load(form: string): Promise<number | null>
  /** The engine is about to be filled with documents of a form, as they are from a change on. */
  begin(form: string, seq: number): Promise<void>
  /** Never goes back while the form is the same: another process may be further. */
  save(form: string, seq: number): Promise<void>
  /** All documents of the engine are of a form now, and as they are from a change on. */
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
    // Until it is filled, what it had before counts.
    begin: async () => {},
    save: async (form, seq) => {
      await offsets.updateOne({ _id: engine, form, seq: { $lt: seq } }, { $set: { seq } })
    },
    reset: async (form, seq) => {
      await offsets.updateOne({ _id: engine }, { $set: { form, seq } }, { upsert: true })
    },
  }
}

/** Where engines stood in a change log that is another now: each is filled anew at the next start. */
export async function forgetOffsets(db: Connection): Promise<void> {
  await offsetModel(db).deleteMany({})
}
