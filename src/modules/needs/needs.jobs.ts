import { type Clock, plainDateIn } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { PeopleRepository } from '../people/index.js'
import type { NeedContent } from './needs.schemas.js'

/** Marks published needs whose deadline has passed as expired; run every hour. Returns how many. */
export async function expireNeeds(
  { change, records, clock }: { change: Change; records: RecordRepository; clock: Clock },
  park: ParkContext,
): Promise<number> {
  const today = plainDateIn(clock(), park.timeZone)
  let expired = 0
  for await (const need of records.each<NeedContent>('need')) {
    const deadline = need.published?.deadline
    if (need.parkId !== park.id || need.status !== 'published' || need.archivedAt || !deadline || deadline >= today)
      continue
    await change<NeedContent>({
      parkId: park.id,
      type: 'need',
      by: 'system:expiry',
      why: `deadline ${deadline} has passed`,
      edits: [{ id: need.id, expect: need.version, set: { status: 'expired' } }],
    })
    expired++
  }
  return expired
}

/** Months for which a guest's name and address are kept after his need has ended; the privacy page says the same. */
export const KEPT_MONTHS = 12

interface ForgetDeps {
  records: RecordRepository
  people: PeopleRepository
  outbox: Outbox
  clock: Clock
}

/** Erases guests whose need ended `KEPT_MONTHS` ago. Repeating it is harmless. Returns how many it looked at. */
export async function forgetGuests({ records, people, outbox, clock }: ForgetDeps, park: ParkContext): Promise<number> {
  const limit = new Date(clock())
  limit.setUTCMonth(limit.getUTCMonth() - KEPT_MONTHS)
  let looked = 0
  for await (const need of records.each<NeedContent>('need', 'guest')) {
    const ended = need.status === 'closed' || need.status === 'expired'
    if (need.parkId !== park.id || !need.ownerId || !ended || need.updatedAt >= limit) continue
    await people.erase(need.ownerId)
    await outbox.forget(need.ownerId)
    looked++
  }
  return looked
}
