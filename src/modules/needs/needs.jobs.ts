import type { Connection } from 'mongoose'
import { type Clock, type PlainDate, plainDateIn } from '../../kernel/clock.js'
import { Conflict } from '../../kernel/errors.js'
import type { ParkContext } from '../../kernel/park.js'
import { monthsBefore, RETENTION } from '../../kernel/retention.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { CaseRepository } from '../curation/index.js'
import { needCase } from './needs.cases.js'
import { type ErasureDeps, eraseGuest, isErased } from './needs.erasure.js'
import type { NeedContent, NeedStatus } from './needs.schemas.js'
import type { NeedRecord } from './needs.search.js'
import type { OnNeedEnd } from './own-needs.service.js'

interface ExpiryDeps {
  change: Change
  records: RecordRepository
  cases: CaseRepository
  clock: Clock
  onEnd: OnNeedEnd
}

/** Marks needs as expired whose deadline has passed or that nobody has touched for long; run every hour. Returns how many. */
export async function expireNeeds(
  { change, records, cases, clock, onEnd }: ExpiryDeps,
  park: ParkContext,
): Promise<number> {
  const today = plainDateIn(clock(), park.timeZone)
  const untouchedSince = monthsBefore(clock(), RETENTION.needUntouchedMonths)
  return forEachNeed(records, park, ['published', 'submitted', 'draft'], async (need) => {
    const why = whyExpired(need, today, untouchedSince)
    if (need.archivedAt || !why) return false
    await change<NeedContent>({
      parkId: park.id,
      type: 'need',
      by: 'system:expiry',
      why,
      edits: [{ id: need.id, expect: need.version, set: { status: 'expired' } }],
      alongside: async (session) => {
        await cases.endAll(need.id, 'system:expiry', session)
        await onEnd(need, session)
      },
    })
    return true
  })
}

function whyExpired(need: NeedRecord, today: PlainDate, untouchedSince: Date): string | null {
  const deadline = (need.published ?? need.working)?.deadline
  if (deadline) return deadline < today ? `deadline ${deadline} has passed` : null
  return need.source === 'guest' && need.updatedAt < untouchedSince
    ? `no change for ${RETENTION.needUntouchedMonths} months`
    : null
}

/** Puts needs before the curators that have been sent and that nobody was asked to look at. Returns how many. */
export async function queueNeeds(
  { db, records, cases }: { db: Connection; records: RecordRepository; cases: CaseRepository },
  park: ParkContext,
): Promise<number> {
  return forEachNeed(records, park, ['submitted'], async (need) => {
    if (need.archivedAt || isErased(need) || (await cases.latest(need.id, ['need']))) return false
    await inTransaction(db, (session) => cases.submit(needCase(need), session))
    return true
  })
}

/** Erases guests whose need ended `RETENTION.needMonths` ago. Returns how many. */
export async function forgetGuests(
  { records, ...deps }: ErasureDeps & { records: RecordRepository },
  park: ParkContext,
): Promise<number> {
  const limit = monthsBefore(deps.clock(), RETENTION.needMonths)
  return forEachNeed(records, park, ['closed', 'expired'], async (need) => {
    if (need.source !== 'guest' || !need.ownerId || isErased(need) || need.updatedAt >= limit) return false
    await eraseGuest(deps, need, need.ownerId)
    return true
  })
}

/**
 * Does `work` to each need of these states and counts those it was done to. One that fails does not keep the others
 * waiting; one that somebody else has just changed is left to the next run.
 * @throws {AggregateError} at the end, of what failed.
 */
async function forEachNeed(
  records: RecordRepository,
  park: ParkContext,
  states: readonly NeedStatus[],
  work: (need: NeedRecord) => Promise<boolean>,
): Promise<number> {
  const failures: unknown[] = []
  let done = 0
  for (const status of states) {
    for await (const need of records.withStatus<NeedContent>('need', park.id, status)) {
      try {
        if (await work(need)) done++
      } catch (error) {
        if (!(error instanceof Conflict)) failures.push(error)
      }
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} needs failed`)
  return done
}
