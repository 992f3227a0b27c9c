import { languageName } from '../../platform/i18n/languages.js'
import type { Translate } from '../../platform/i18n/translator.js'
import { placeName } from '../geography/index.js'
import { type ProviderWords, zoneName } from './providers.row.views.js'
import type { ProviderProfile } from './providers.schemas.js'

export interface Fact {
  label: string
  text: string
}

/** What is known of the firm in short: each line is there, and says so when nothing is known. */
export function factsAbout(profile: ProviderProfile, { taxonomy, context }: ProviderWords): Fact[] {
  const { t, lang } = context
  const { park } = profile
  const known = (label: string, text: string | undefined): Fact => ({
    label: t(`providers.fact.${label}`),
    text: text || t('listing.notStated'),
  })
  const inPark = park.status === 'resident' ? [zoneName(park.zone, context)?.text, park.unit].filter(Boolean) : []
  return [
    known('status', [t(`providers.status.${park.status}`), ...inPark].join(' · ')),
    known('address', profile.address),
    known('size', profile.sizeBand && taxonomy.name('sizeBand', profile.sizeBand, lang)),
    known('founded', profile.founded?.toString()),
    known('languages', profile.languages.map((code) => languageName(lang, code) ?? code).join(', ')),
    known('certifications', profile.certifications.join(', ')),
  ]
}

export const sectorsServed = (profile: ProviderProfile, { taxonomy, context }: ProviderWords) =>
  profile.sectors.map((id) => ({
    href: context.url('providers.list', {}, { sector: id }),
    label: taxonomy.name('sector', id, context.lang),
  }))

/** Provinces as a whole, then single wards with their province. */
export const placesServed = ({ provinces, wards }: ProviderProfile): string[] => [
  ...provinces.map((code) => placeName(code)),
  ...wards.map((code) => placeName(code)),
]

/** Whether the firm comes to the client, and whether it works from afar. */
export function waysOfWorking({ onSite, remote }: ProviderProfile, t: Translate): Fact[] {
  const answer = (value: boolean | undefined) =>
    value === undefined ? t('listing.notStated') : t(value ? 'providers.way.yes' : 'providers.way.no')
  return [
    { label: t('providers.way.onSite'), text: answer(onSite) },
    { label: t('providers.way.remote'), text: answer(remote) },
  ]
}
