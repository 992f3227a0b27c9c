import { isDeepStrictEqual } from 'node:util'
import { Conflict, Forbidden, NotFound } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import { pathTo } from '../../../kernel/routes.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { RecordFields, StoredRecord } from '../../../platform/records/record.types.js'
import { businessProfile } from '../../businesses/index.js'
import { providerProfile } from '../../providers/index.js'
import { addressOf } from '../../reviewing/index.js'
import { type TellingDeps, tellOwners } from '../acts/acts.mail.js'
import type { FindListing } from '../find-listing.js'
import type { Profile } from '../listing.types.js'
import type { VersionRepository } from './versions.repository.js'

export interface RestoreDeps extends TellingDeps, Mailing {
  find: FindListing
  change: Change
  versions: VersionRepository
}

/** `empty`: the version's words were erased. `unfit`: they no longer have a form that can be stored. */
export type RestoreResult = { ok: true } | { ok: false; reason: 'newer' | 'impossible' | 'empty' | 'same' | 'unfit' }

export type Restore = (
  actor: Person,
  park: ParkContext,
  id: string,
  wanted: { version: number; seen: number; why: string },
) => Promise<RestoreResult>

/**
 * Makes what an earlier version said what the listing says, as a new version; nothing in between is lost. Where it stands
 * (suspended, archived, marked) has its own acts and stays, and so does what its people are preparing.
 */
export function restoring(deps: RestoreDeps): Restore {
  const { find, change, versions, onMail } = deps
  return async (actor, park, id, { version, seen, why }) => {
    const { type, record, own } = await find(actor, park.id, id)
    if (own) throw new Forbidden('listing:curate')
    const row = await versions.byNumber(id, version)
    if (!row) throw new NotFound('version', String(version))
    if (record.version !== seen) return { ok: false, reason: 'newer' }
    if (record.mergedInto) return { ok: false, reason: 'impossible' }
    const said = (row.published ?? row.working) as Profile | null
    if (!said) return { ok: false, reason: 'empty' }
    const read = (type === 'provider' ? providerProfile : businessProfile).safeParse(said)
    if (!read.success) return { ok: false, reason: 'unfit' }
    const content = noMoreOpen(JSON.parse(JSON.stringify(read.data)) as Profile, record.published ?? record.working)
    const set = setOf(record, content)
    if (isDeepStrictEqual(record.published ?? record.working, content)) return { ok: false, reason: 'same' }
    try {
      await change<Profile>({
        ...{ parkId: park.id, type, by: actor.personId, why, action: 'restore' },
        details: { restored: String(version) },
        edits: [{ id, expect: seen, set, slugFrom: addressOf(content) }],
        alongside: async (session) => {
          const path = (lang: 'vi' | 'en') => pathTo('organisations.show', lang, { organisation: id })
          await tellOwners(
            deps,
            { organisation: id, park, name: content.name, kind: 'restore', params: { why }, path },
            session,
          )
        },
      })
    } catch (error) {
      if (error instanceof Conflict) return { ok: false, reason: 'newer' }
      throw error
    }
    onMail()
    return { ok: true }
  }
}

/** What is kept from the public page by now stays so: whoever may be reached there may have taken his consent back. */
function noMoreOpen(content: Profile, now: Profile | null): Profile {
  if (!('contacts' in content) || !now || !('contacts' in now)) return content
  const hidden = (kind: string) => now.contacts[kind as keyof typeof now.contacts]?.visibility === 'introduced'
  const contacts = Object.entries(content.contacts).map(([kind, contact]) => [
    kind,
    hidden(kind) ? { ...contact, visibility: 'introduced' } : contact,
  ])
  return { ...content, contacts: Object.fromEntries(contacts) }
}

function setOf(record: StoredRecord<Profile>, content: Profile): RecordFields<Profile> {
  if (record.published === null) return { working: content }
  const same = isDeepStrictEqual(record.working, content)
  return { published: content, ...(same && { working: null }) }
}
