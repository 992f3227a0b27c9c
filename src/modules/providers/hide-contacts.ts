import type { ClientSession } from 'mongoose'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { ProviderProfile } from './providers.schemas.js'

export interface HideContactsDeps {
  change: Change
  records: RecordRepository
}

/**
 * Takes the contacts of firms from the public pages, at once and without a curator: less is shown than before. They stay
 * open to the other side of an introduction.
 */
export function hideContacts({ change, records }: HideContactsDeps) {
  return async (firms: readonly string[], by: { parkId: string; personId: string }, session: ClientSession) => {
    const found = await records.byIds<ProviderProfile>('provider', firms)
    await change<ProviderProfile>({
      ...{ parkId: by.parkId, type: 'provider', by: by.personId, why: 'consent to publish contacts withdrawn' },
      edits: found.map(({ id, version, published, working }) => ({
        id,
        expect: version,
        set: { published: hidden(published), working: hidden(working) },
      })),
      within: session,
    })
  }
}

function hidden(profile: ProviderProfile | null): ProviderProfile | null {
  if (!profile) return null
  const { website, email, phone } = profile.contacts
  const introduced = { visibility: 'introduced' } as const
  return {
    ...profile,
    contacts: {
      ...(website && { website: { ...website, ...introduced } }),
      ...(email && { email: { ...email, ...introduced } }),
      ...(phone && { phone: { ...phone, ...introduced } }),
    },
  }
}
