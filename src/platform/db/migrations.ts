import { setTimeout as wait } from 'node:timers/promises'
import { type Connection, type Model, Schema } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
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

/** Another process took the lock while a step ran here: whether the step counts is for that process to find out. */
export class MigrationLockLost extends ProductError {
  constructor(step: string) {
    super('migrationLockLost', 500, `the step '${step}' lost its lock to another process: start again`)
  }
}

export interface MigrateOptions {
  clock?: Clock
  /** How long a holder that died keeps the others out, in ms; a living one renews its lock three times in it. */
  lockMs?: number
  /** Told once, when another process is at it and this one waits. */
  onWait?(holder: { lockedUntil: Date }): void
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

const LOCK_MS = 60_000
const RETRY_MS = 200
const FREE = { lockedBy: null, lockedUntil: new Date(0) }

/**
 * Brings the data to the form this program knows: steps not yet done run in order, by one process at a time.
 * @returns the names of the steps it ran.
 * @throws {DataTooNew} when the data knows more steps than the program; nothing is changed then.
 * @throws {MigrationLockLost} when another process took over, say after this one stood still; the step is not counted.
 */
export async function migrate(
  db: Connection,
  migrations: readonly Migration[],
  { clock = () => new Date(), lockMs = LOCK_MS, onWait }: MigrateOptions = {},
): Promise<string[]> {
  const states = (db.models.Migrations as Model<State> | undefined) ?? db.model<State>('Migrations', stateSchema)
  const known = migrations.at(-1)?.number ?? 0
  await states.updateOne({ _id: 'schema' }, { $setOnInsert: { done: 0, ...FREE } }, { upsert: true })
  const me = newId()
  const until = () => new Date(clock().getTime() + lockMs)
  /** False once the lock is another's. */
  const hold = async (set: Partial<State> = {}) => {
    const filter = { _id: 'schema' as const, lockedBy: me }
    const { matchedCount } = await states.updateOne(filter, { $set: { lockedUntil: until(), ...set } })
    return matchedCount === 1
  }

  let told = false
  for (;;) {
    const state = await states.findById('schema').lean<State>()
    if (state && state.done > known) throw new DataTooNew(state.done, known)
    if (state?.done === known) return []
    // A process that finished in between has raised `done`: then it is read again.
    const mine = await states.findOneAndUpdate(
      { _id: 'schema', done: state?.done ?? 0, lockedUntil: { $lte: clock() } },
      { $set: { lockedBy: me, lockedUntil: until() } },
    )
    if (mine) return run(mine.done)
    if (!told && state?.lockedBy) {
      told = true
      onWait?.(state)
    }
    await wait(RETRY_MS)
  }

  async function run(done: number): Promise<string[]> {
    const ran: string[] = []
    try {
      for (const step of migrations.filter((m) => m.number > done)) {
        await whileHeld(hold, lockMs / 3, () => step.up(db))
        if (!(await hold({ done: step.number }))) throw new MigrationLockLost(step.name)
        ran.push(step.name)
      }
    } finally {
      await hold(FREE)
    }
    return ran
  }
}

/** Renews the lock every `ms` while `work` runs. A renewal that fails is made up by the next: what counts is checked after it. */
async function whileHeld(renew: () => Promise<unknown>, ms: number, work: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => void renew().catch(() => {}), ms)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
}
