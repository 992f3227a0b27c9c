import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { placeName } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { legalName, shownName } from './names.rules.js'
import { publicContacts } from './providers.api.views.js'
import type { ProviderProfile } from './providers.schemas.js'

/** The firm as schema.org data for search engines; of its contacts only those it shows to everybody. */
export function organization(
  profile: ProviderProfile,
  slug: string,
  taxonomy: TaxonomyView,
  context: RequestContext,
  { contactsOpen }: { contactsOpen: boolean },
) {
  const { lang } = context
  const { website, email, phone } = contactsOpen ? publicContacts(profile) : {}
  const band = profile.sizeBand === undefined ? undefined : taxonomy.sizeBand(profile.sizeBand)
  const areas = [...profile.provinces, ...profile.wards].map((code) => placeName(code))
  return {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name: shownName(profile, lang).text,
    legalName: legalName(profile, lang)?.text,
    url: context.absoluteUrl('providers.show', { slug }),
    description: pickText(profile.tagline ?? profile.description, lang)?.text,
    sameAs: website,
    email,
    telephone: phone,
    address: profile.address,
    foundingDate: profile.founded === undefined ? undefined : String(profile.founded),
    numberOfEmployees: band && {
      '@type': 'QuantitativeValue',
      minValue: band.from,
      maxValue: band.to ?? undefined,
    },
    areaServed: areas.length > 0 ? areas : undefined,
    knowsLanguage: profile.languages.length > 0 ? profile.languages : undefined,
    makesOffer: profile.services.map(({ service }) => ({
      '@type': 'Offer',
      itemOffered: { '@type': 'Service', name: taxonomy.name('service', service, lang) },
    })),
  }
}
