import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from 'mongoose'
import type { Config } from '../../src/config.js'
import { systemClock } from '../../src/kernel/clock.js'
import { type Work, type WorkPart, workRepository } from '../../src/modules/indexing/index.js'
import { runningBuiltinDatabase } from '../../src/platform/db/builtin/index.js'
import { connect } from '../../src/platform/db/connection.js'

/** Running instances look for work every 2 s. */
const BEGUN_WITHIN_MS = 7_000
const POLL_MS = 200
/** An instance that tells nothing for so long has ended, or is stuck. */
const SILENT_MS = 10 * 60_000

/**
 * Has the running product do what is asked of its search indexes, and tells of each engine when it is done. Answers what came of it; null
 * when no product runs.
 */
export async function askRunningProduct(
  config: Config,
  what: Work,
  onDone: (part: WorkPart) => void,
): Promise<WorkPart[] | null> {
  const uri = config.mongodbUri ?? (await runningBuiltinDatabase(config.dataDir))
  if (uri === null) return null
  const db = await connect(uri)
  try {
    // Only one process has the built-in database open.
    return await askOver(db, what, { mayBeMore: config.mongodbUri !== undefined, onDone })
  } finally {
    await db.close()
  }
}

interface Asking {
  /** Whether other instances may run. */
  mayBeMore: boolean
  onDone(part: WorkPart): void
}

async function askOver(db: Connection, what: Work, { mayBeMore, onDone }: Asking): Promise<WorkPart[] | null> {
  const works = workRepository(db, systemClock)
  const id = await works.ask(what)
  const told = new Set<string>()
  const until = performance.now() + BEGUN_WITHIN_MS
  for (;;) {
    const parts = (await works.byId(id))?.parts ?? []
    for (const part of parts.filter(({ key, state }) => state !== 'working' && !told.has(key))) {
      told.add(part.key)
      onDone(part)
    }
    // Others may begin as long as they have not had the time to look.
    const late = performance.now() > until
    if (late && parts.length === 0 && (await works.withdraw(id))) return null
    if ((late || !mayBeMore) && parts.length > 0 && told.size === parts.length) return parts
    for (const { engine, state, at } of parts)
      if (state === 'working' && systemClock().getTime() - at.getTime() > SILENT_MS)
        throw new Error(`The ${engine} engine of a running instance has told nothing for ten minutes; see its log.`)
    await wait(POLL_MS)
  }
}
