import { type Clock, plainDateIn } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
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
    if (need.parkId !== park.id || need.status !== 'published' || need.archivedAt || !deadline || deadline >= today) continue
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
