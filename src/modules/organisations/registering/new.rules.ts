import type { Lang } from '../../../kernel/text.js'
import { type BusinessProfile, businessProfile } from '../../businesses/index.js'
import { type ProviderProfile, providerProfile } from '../../providers/index.js'
import type { NewOrganisation } from './new.schemas.js'

/** The profile a new record begins with. Where a firm stands with the park is for the park to say: it begins as one that asks. */
export function firstProfile(wanted: NewOrganisation, lang: Lang): ProviderProfile | BusinessProfile {
  const { name, description, taxCode } = wanted.entry
  const said = { name: { [lang]: name }, description: { [lang]: description }, ...(taxCode && { taxCode }) }
  if (wanted.type === 'provider') {
    const services = wanted.entry.services.map((service) => ({ service }))
    return providerProfile.parse({ ...said, services, park: { status: 'applying' } })
  }
  const { kind, sector, ward, listed } = wanted.entry
  return businessProfile.parse({
    ...said,
    kind,
    listed: listed === 'on',
    ...(sector && { sector }),
    ...(ward && { ward }),
  })
}
