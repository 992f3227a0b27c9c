import { NotFound } from '../../../../kernel/errors.js'
import type { BusinessProfile } from '../../../businesses/index.js'
import type { ProviderProfile } from '../../../providers/index.js'
import type { OrganisationType } from '../../organisation.types.js'
import { businessAbout } from './business-about.section.js'
import { businessBasics } from './business-basics.section.js'
import { businessListing } from './business-listing.section.js'
import { firmAbout } from './firm-about.section.js'
import { firmBasics } from './firm-basics.section.js'
import { firmCases } from './firm-cases.section.js'
import { firmContacts } from './firm-contacts.section.js'
import { firmCredentials } from './firm-credentials.section.js'
import { firmOffers } from './firm-offers.section.js'
import { firmReach } from './firm-reach.section.js'
import { firmServices } from './firm-services.section.js'
import type { Profile, Section } from './section.types.js'

/** The parts of a firm's profile, in the order in which one would tell it. */
const FIRM: readonly Section<ProviderProfile>[] = [
  ...[firmBasics, firmAbout, firmServices, firmReach],
  ...[firmCases, firmCredentials, firmOffers, firmContacts],
]

const BUSINESS: readonly Section<BusinessProfile>[] = [businessBasics, businessAbout, businessListing]

/** The sections of one type's profile. They are given profiles of that type and no other, which the type here cannot say. */
export const sectionsOf = (type: OrganisationType): readonly Section<Profile>[] =>
  (type === 'provider' ? FIRM : BUSINESS) as unknown as readonly Section<Profile>[]

/** The fields that a listing's own people write. */
export const editableFields = (type: OrganisationType): string[] => sectionsOf(type).flatMap(({ keys }) => keys)

/** @throws {NotFound} for a name that no section of the type has. */
export function sectionNamed(type: OrganisationType, name: string): Section<Profile> {
  const section = sectionsOf(type).find((one) => one.name === name)
  if (!section) throw new NotFound('section', name)
  return section
}
