import { Conflict, Forbidden } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { ProviderProfile } from '../../providers/index.js'
import type { FindListing } from '../find-listing.js'
import type { Profile } from '../listing.types.js'

/** What may be corrected in the list itself: how a firm is reached. Undefined takes it out. */
export interface QuickContacts {
  phone?: string | undefined
  website?: string | undefined
}

export type QuickResult = { ok: true; changed: boolean } | { ok: false; reason: 'newer' | 'impossible' }

export type QuickEdit = (
  actor: Person,
  park: ParkContext,
  id: string,
  edit: { version: number; contacts: QuickContacts },
) => Promise<QuickResult>

/** Corrects a firm's telephone and website, in what is public and in what its people are preparing, so that neither undoes it. */
export function quickEdit({ find, change }: { find: FindListing; change: Change }): QuickEdit {
  return async (actor, park, id, { version, contacts }) => {
    const { type, record, own } = await find(actor, park.id, id)
    if (own) throw new Forbidden('listing:curate')
    if (type !== 'provider' || record.mergedInto) return { ok: false, reason: 'impossible' }
    if (record.version !== version) return { ok: false, reason: 'newer' }
    const set = {
      ...(record.published && { published: withContacts(record.published as ProviderProfile, contacts) }),
      ...(record.working && { working: withContacts(record.working as ProviderProfile, contacts) }),
    }
    const same = JSON.stringify([record.published, record.working])
    const next = JSON.stringify([set.published ?? null, set.working ?? null])
    if (same === next) return { ok: true, changed: false }
    try {
      const edits = [{ id, expect: version, set }]
      await change<Profile>({ parkId: park.id, type, by: actor.personId, why: 'corrected in the list', edits })
    } catch (error) {
      if (error instanceof Conflict) return { ok: false, reason: 'newer' }
      throw error
    }
    return { ok: true, changed: true }
  }
}

/** Who may see a contact stays as it is; a new telephone number opens with an introduction only, a website is for all. */
function withContacts(profile: ProviderProfile, { phone, website }: QuickContacts): ProviderProfile {
  const { contacts } = profile
  return {
    ...profile,
    contacts: {
      ...(website && { website: { value: website, visibility: contacts.website?.visibility ?? 'public' } }),
      ...(contacts.email && { email: contacts.email }),
      ...(phone && { phone: { value: phone, visibility: contacts.phone?.visibility ?? 'introduced' } }),
    },
  }
}
