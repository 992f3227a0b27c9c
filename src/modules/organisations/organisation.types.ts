import type { MemberRole } from '../../kernel/permissions.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import type { BusinessProfile } from '../businesses/index.js'
import type { ProviderProfile } from '../providers/index.js'

export type OrganisationType = 'provider' | 'business'

/** A firm or a business as its own people see it. `role` is null for the park's staff, who look and do not touch. */
export type Organisation =
  | { type: 'provider'; record: StoredRecord<ProviderProfile>; role: MemberRole | null }
  | { type: 'business'; record: StoredRecord<BusinessProfile>; role: MemberRole | null }

/** The version its people work on: the one being prepared, else the published one. */
export function contentOf<C>({ working, published, id }: StoredRecord<C>): C {
  const content = working ?? published
  if (!content) throw new TypeError(`record ${id} has no content`)
  return content
}
