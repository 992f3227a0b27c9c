import type { StoredRecord } from '../../platform/records/record.types.js'
import type { BusinessProfile } from '../businesses/index.js'
import type { ProviderProfile } from '../providers/index.js'
import type { ListingType } from '../summaries/index.js'

export type Profile = ProviderProfile | BusinessProfile

/** A firm or a business as the park's curators see it. */
export interface Listing {
  type: ListingType
  record: StoredRecord<Profile>
  /** Whether the curator belongs to it, so that somebody else has to act. */
  own: boolean
}

/** What it says to everybody; before that, what is being prepared. Null once it is erased. */
export const contentOf = ({ published, working }: StoredRecord<Profile>): Profile | null => published ?? working
