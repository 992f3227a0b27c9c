import type { ClientSession } from 'mongoose'
import { type Clock, type PlainDate, plainDateIn } from '../../../kernel/clock.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { CaseRepository } from '../../curation/index.js'
import { confirmedUntil } from '../acts/acts.rules.js'
import type { Listing, Profile } from '../listing.types.js'

export interface RenewingDeps {
  change: Change
  cases: CaseRepository
  clock: Clock
}

/** Confirms a listing anew, for as long as the park lets one stand. Somebody who owns it does, or a curator from the queue. */
export async function renewListing(
  { change, cases, clock }: RenewingDeps,
  { type, record }: Pick<Listing, 'type' | 'record'>,
  {
    park,
    by,
    version,
    batch,
    alongside,
  }: {
    park: ParkContext
    by: string
    version: number
    batch?: string
    alongside?: (session: ClientSession, until: PlainDate) => Promise<void>
  },
): Promise<void> {
  const expiresOn = confirmedUntil(plainDateIn(clock(), park.timeZone), park)
  await change<Profile>({
    ...{ parkId: park.id, type, by, why: '', action: 'renew', ...(batch && { batch }) },
    edits: [{ id: record.id, expect: version, set: { withheld: null, expiresOn } }],
    alongside: async (session) => {
      await alongside?.(session, expiresOn)
      await endExpiryCase(cases, record.id, by, session)
    },
  })
}

/** What was to be decided about its expiry is decided by renewing it. */
export async function endExpiryCase(cases: CaseRepository, id: string, by: string, session: ClientSession) {
  const last = await cases.latest(id, ['expiry'])
  if (last?.state === 'open') await cases.decide(last._id, { state: 'approved', note: null, by }, session)
}
