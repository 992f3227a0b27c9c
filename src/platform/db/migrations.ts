import { setTimeout as wait } from 'node:timers/promises'
import { type Connection, type Model, Schema } from 'mongoose'
import { ProductError } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'

/** One numbered step of the data's form. A step that has run anywhere is never changed; a new one follows it. */
export interface Migration {
  /** 1, 2, 3 … without gaps. */
  number: number
  name: string
  up(db: Connection): Promise<void>
}

/** The data was written by a newer version of the product. */
export class DataTooNew extends ProductError {
  constructor(found: number, known: number) {
    super('dataTooNew', 500, `the data is at step ${found}, this program knows ${known}: start a newer version of it`)
  }
}

interface State {
  _id: 'schema'
  done: number
  lockedBy: string | null
  lockedUntil: Date
}

const stateSchema = new Schema<State>(
  { _id: String, done: Number, lockedBy: String, lockedUntil: Date },
  { collection: 'migrations', versionKey: false },
)

// Longer than any step should take; a holder that dies frees the lock by it.
const LOCK_MS = 60_000
const RETRY_MS = 200

/**
 * Brings the data to the form this program knows: steps not yet done run in order, by one process at a time.
 * @returns the names of the steps it ran.
 * @throws {DataTooNew} when the data knows more steps than the program; nothing is changed then.
 */
export async function migrate(db: Connection, migrations: readonly Migration[]): Promise<string[]> {
  const states = (db.models.Migrations as Model<State> | undefined) ?? db.model<State>('Migrations', stateSchema)
  const known = migrations.at(-1)?.number ?? 0
  await states.updateOne(
    { _id: 'schema' },
    { $setOnInsert: { done: 0, lockedBy: null, lockedUntil: new Date(0) } },
    { upsert: true },
  )
  const me = newId()
  for (;;) {
    const state = await states.findById('schema').lean<State>()
    if (state && state.done > known) throw new DataTooNew(state.done, known)
    if (state?.done === known) return []
    const now = new Date()
    const mine = await states.findOneAndUpdate(
      { _id: 'schema', lockedUntil: { $lte: now } },
      { $set: { lockedBy: me, lockedUntil: new Date(now.getTime() + LOCK_MS) } },
    )
    if (mine) break
    await wait(RETRY_MS)
  }
  const ran: string[] = []
  try {
    const state = await states.findById('schema').lean<State>()
    for (const step of migrations.filter((m) => m.number > (state?.done ?? 0))) {
      await step.up(db)
      await states.updateOne(
        { _id: 'schema', lockedBy: me },
        { $set: { done: step.number, lockedUntil: new Date(Date.now() + LOCK_MS) } },
      )
      ran.push(step.name)
    }
  } finally {
    await states.updateOne({ _id: 'schema', lockedBy: me }, { $set: { lockedBy: null, lockedUntil: new Date(0) } })
  }
  return ran
}
