import type { Clock } from '../../../kernel/clock.js'
import { Conflict } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/ids.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import type { Logger } from '../../../platform/log/logger.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { MembershipRepository } from '../../organisations/index.js'
import type { Taxonomy } from '../../taxonomy/index.js'
import { createLookup } from '../lookup.rules.js'
import { TABLES } from '../tables/index.js'
import { checkBatch, commitBatch } from './forward.js'
import type { ImportRow, ImportState } from './imports.types.js'
import type { JudgeContext, JudgeDeps } from './judge.js'
import { undoBatch } from './undo.js'

export interface WorkDeps extends JudgeDeps {
  change: Change
  memberships: Pick<MembershipRepository, 'of'>
  audit: Audit
  park(): ParkContext
  taxonomy(): { taxonomy: Taxonomy }
  clock: Clock
  log: Logger
  /** After listings were written. */
  onWritten(): void
}

/** What one instance works on is taken up by another when nothing was heard of it for so long. */
const LEASE_MS = 30_000

/** An import whose work fails so often in a row is given up, and says so. */
const MOST_FAILURES = 5

/** Where an import that was given up stands: where a curator can begin its work again, or take back what was written. */
const GIVEN_UP: Partial<Record<ImportState, ImportState>> = {
  checking: 'mapping',
  committing: 'stopped',
  undoing: 'stopped',
}

export interface ImportWork {
  /** Looks for imports to go on with, soon; nobody waits for it. */
  poke(): void
  /** Works until no import waits, or it is stopped. */
  run(): Promise<void>
  /** Stops after the batch under way; what is left is gone on with after the next start. */
  stop(): Promise<void>
}

/**
 * The work on imports, batch by batch. Each batch moves the import's cursor in the transaction that writes its listings, and only
 * from where it was, so that after a crash, or when two instances come to it, each row is still written once.
 */
export function importWork(deps: WorkDeps): ImportWork {
  const { imports, clock, log } = deps
  const worker = newId()
  let stopped = false
  let running: Promise<void> | null = null
  let again = false

  const until = () => new Date(clock().getTime() + LEASE_MS)

  async function workOff() {
    while (!stopped) {
      again = false
      const job = await imports.takeUp(worker, clock(), until())
      if (job) await workOn(job)
      else if (!again) return
    }
  }

  async function workOn(first: ImportRow) {
    let job: ImportRow | null = first
    try {
      const context = await contextOf(first)
      if (first.state === 'checking') {
        await imports.step(first._id, { set: { cursor: 0 }, expect: { worker, state: 'checking' } })
        job = { ...first, cursor: 0, counts: { added: 0, changed: 0, unchanged: 0, archived: 0, bad: 0 } }
      }
      while (job && !stopped && job.worker === worker) {
        const more: boolean = await stepOf(job, context)
        if (!more) return
        // A check begins anew each time: that its first rows are read once more is no sign that its last ones can be.
        const passed = job.state === 'checking' ? {} : { failures: 0 }
        await imports.step(job._id, { set: { workUntil: until(), ...passed }, expect: { worker } })
        job = await imports.current(job._id)
        await new Promise((resolve) => setImmediate(resolve))
      }
    } catch (error) {
      // A listing that was changed meanwhile is looked at again with the next try.
      if (error instanceof Conflict) await imports.step(first._id, { set: { workUntil: clock() }, expect: { worker } })
      else await failed(first._id, error)
      return
    }
    if (stopped) await imports.step(first._id, { set: { workUntil: clock() }, expect: { worker } })
  }

  /** It is tried again after a while, which helps where a disk was full; one that always fails would be tried for ever. */
  async function failed(id: string, error: unknown) {
    const job = await imports.current(id)
    if (!job) return
    const failures = job.failures + 1
    const state = failures >= MOST_FAILURES ? GIVEN_UP[job.state] : undefined
    log.error({ err: error, import: id, failures, gaveUp: state !== undefined }, 'an import could not be gone on with')
    const set = state
      ? { failures, state, gaveUp: true, worker: null, ...(state === 'stopped' && { finishedAt: clock() }) }
      : { failures, workUntil: until() }
    await imports.step(id, { set, expect: { worker, state: job.state } })
  }

  async function stepOf(job: ImportRow, context: JudgeContext): Promise<boolean> {
    if (job.state === 'checking') return checkBatch(deps, job, context)
    if (job.state === 'committing') return commitBatch(deps, job, context)
    if (job.state === 'undoing') return undoBatch(deps, job, context.own)
    return false
  }

  async function contextOf(job: ImportRow): Promise<JudgeContext> {
    const own = await deps.memberships.of(job.by)
    return {
      table: TABLES[job.kind],
      lookup: createLookup(deps.taxonomy().taxonomy, deps.park()),
      own: new Set(own.map(({ organisation }) => organisation)),
      seen: new Map(),
    }
  }

  const run = () => {
    again = true
    running ??= workOff().finally(() => {
      running = null
    })
    return running
  }
  return {
    run,
    poke: () => void run().catch((error) => log.error({ err: error }, 'imports could not be looked for')),
    stop: async () => {
      stopped = true
      await running?.catch(() => undefined)
    },
  }
}
