import type { Clock, PlainDate } from '../../../kernel/clock.js'
import { Conflict, Forbidden } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import { pathTo } from '../../../kernel/routes.js'
import type { LocalText } from '../../../kernel/text.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Change } from '../../../platform/records/change.repository.js'
import { businessProfile } from '../../businesses/index.js'
import type { CaseRepository } from '../../curation/index.js'
import { providerProfile } from '../../providers/index.js'
import { endExpiryCase } from '../expiry/renewing.service.js'
import type { FindListing } from '../find-listing.js'
import { contentOf, type Listing, type Profile } from '../listing.types.js'
import { type TellingDeps, tellOwners } from './acts.mail.js'
import { type ActDetails, actionOf, type ListingAct, possibleActs, setOf, TOLD } from './acts.rules.js'

export interface ActsDeps extends TellingDeps, Mailing {
  find: FindListing
  change: Change
  cases: CaseRepository
  clock: Clock
}

export interface ActOrder {
  act: ListingAct
  /** The version on the curator's screen. */
  version: number
  why: string
  notice: LocalText | null
  until: PlainDate
  place: ActDetails['place']
}

/**
 * `newer`: somebody has changed it since the page was shown. `impossible`: as it stands there is nothing to do so to.
 * `incomplete`: it says too little to be public.
 */
export type ActResult = { ok: true } | { ok: false; reason: 'newer' | 'impossible' | 'incomplete' }

export type ListingActs = (actor: Person, park: ParkContext, id: string, order: ActOrder) => Promise<ActResult>

/** Suspends, archives, marks, renews: what a curator does to a listing as a whole. Its owners are told. */
export function listingActs(deps: ActsDeps): ListingActs {
  const { find, change, cases, clock, onMail } = deps
  return async (actor, park, id, { act, version, why, ...details }) => {
    const listing = await find(actor, park.id, id)
    const { type, record, own } = listing
    if (own) throw new Forbidden('listing:curate')
    if (record.version !== version) return { ok: false, reason: 'newer' }
    if (!possibleActs(record).includes(act)) return { ok: false, reason: 'impossible' }
    const schema = type === 'provider' ? providerProfile : businessProfile
    if (act === 'publish' && !schema.safeParse(record.working).success) return { ok: false, reason: 'incomplete' }
    try {
      await change<Profile>({
        ...{ parkId: park.id, type, by: actor.personId, why, action: actionOf(act) },
        edits: [{ id, expect: version, set: setOf(act, record, { at: clock(), ...details }) }],
        alongside: async (session) => {
          if (act === 'renew') await endExpiryCase(cases, id, actor.personId, session)
          if (act === 'archive') await cases.endAll(id, actor.personId, session)
          if (TOLD.includes(act)) await tellOwners(deps, mailOf(listing, park, act, why), session)
        },
      })
    } catch (error) {
      if (error instanceof Conflict) return { ok: false, reason: 'newer' }
      throw error
    }
    if (TOLD.includes(act)) onMail()
    return { ok: true }
  }
}

const mailOf = ({ record }: Listing, park: ParkContext, act: ListingAct, why: string) => ({
  organisation: record.id,
  park,
  name: contentOf(record)?.name ?? {},
  kind: act,
  params: { why },
  path: (lang: 'vi' | 'en') =>
    act === 'archive'
      ? pathTo('organisations.list', lang)
      : pathTo('organisations.show', lang, { organisation: record.id }),
})
