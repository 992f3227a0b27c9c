import { can } from '../../kernel/permissions.js'
import { monthsBefore, RETENTION } from '../../kernel/retention.js'
import type { LocalText } from '../../kernel/text.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { BusinessProfile } from '../businesses/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { ProviderProfile } from '../providers/index.js'
import { introductionResource, type Parties, type Seer } from './introductions.parties.js'

/** How to reach the firm: what its profile holds, also for introduced only, and the member who speaks for it. */
export interface FirmContacts {
  phone: string | null
  email: string | null
  website: string | null
  person: { name: string | null; email: string } | null
}

/** How to reach the need's side; the business is named even where the need was anonymous. */
export interface NeedContacts {
  name: string | null
  email: string | null
  phone: string | null
  business: LocalText | null
}

export interface Contacts {
  firm: FirmContacts
  need: NeedContacts
}

interface ContactDeps {
  people: PeopleRepository
  records: RecordRepository
}

/**
 * The contacts of both sides, the one place where they are put together; null for everybody to whom they are not open:
 * before both have agreed, for strangers and the park's staff always, and when the need's time of keeping is over.
 */
export async function contactsOf(
  { people, records }: ContactDeps,
  { actor, at }: Seer,
  parties: Parties,
): Promise<Contacts | null> {
  const { row, need, firm } = parties
  if (!can(actor, 'introduction:contacts', introductionResource(parties))) return null
  const ended = need.status === 'closed' || need.status === 'expired'
  if (ended && need.updatedAt < monthsBefore(at, RETENTION.needMonths)) return null
  const [needPerson, firmPerson, business] = await Promise.all([
    row.needPerson ? people.byId(row.needPerson) : null,
    row.firmPerson ? people.byId(row.firmPerson) : null,
    businessOf(records, parties),
  ])
  const open: ProviderProfile['contacts'] = firm.published?.contacts ?? {}
  return {
    firm: {
      phone: open.phone?.value ?? null,
      email: open.email?.value ?? null,
      website: open.website?.value ?? null,
      person: firmPerson?.email ? { name: firmPerson.name, email: firmPerson.email } : null,
    },
    need: {
      name: needPerson?.name ?? null,
      email: needPerson?.email ?? null,
      phone: needPerson?.phone ?? null,
      business,
    },
  }
}

async function businessOf(records: RecordRepository, { need }: Parties): Promise<LocalText | null> {
  const id = (need.published ?? need.working)?.business
  const business = id ? await records.byId<BusinessProfile>('business', id) : null
  return (business?.published ?? business?.working)?.name ?? null
}
