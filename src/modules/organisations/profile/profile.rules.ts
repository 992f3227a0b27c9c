import { InvalidInput } from '../../../kernel/errors.js'
import { localText } from '../../../kernel/fields.js'
import { fieldErrors } from '../../../platform/http/issues.js'
import { businessProfile } from '../../businesses/index.js'
import { providerProfile } from '../../providers/index.js'
import type { OrganisationType } from '../organisation.types.js'
import type { Profile } from './sections/section.types.js'

// One that is begun may still have nothing to say of itself; it cannot become public so.
const description = localText(20_000).default({})
const SCHEMAS = {
  provider: providerProfile.extend({ description }),
  business: businessProfile.extend({ description }),
} as const

/**
 * The profile in the form in which it is stored: fields in the schema's order, nothing that is undefined.
 * @throws {InvalidInput} when it is not one: no form's fields can put anything else in.
 */
export function storable(type: OrganisationType, profile: Profile): Profile {
  // What is undefined would be stored as null.
  const plain: unknown = JSON.parse(JSON.stringify(profile))
  const result = SCHEMAS[type].safeParse(plain)
  if (!result.success) throw new InvalidInput(fieldErrors(result.error.issues, plain))
  return JSON.parse(JSON.stringify(result.data)) as Profile
}

/** Whether two stored profiles say the same. */
export function sameProfile(type: OrganisationType, one: Profile | null, other: Profile | null): boolean {
  if (one === null || other === null) return one === other
  return JSON.stringify(ordered(type, one)) === JSON.stringify(ordered(type, other))
}

/** In the schema's order where it still fits the schema: one from an older form is compared as it stands. */
const ordered = (type: OrganisationType, profile: Profile): unknown => {
  const result = SCHEMAS[type].safeParse(profile)
  return result.success ? result.data : profile
}
