import { pickText, type ShownText } from '../../kernel/text.js'
import { formatPhone } from '../../platform/i18n/formats.js'
import { languageName } from '../../platform/i18n/languages.js'
import { formatMoneyRange } from '../../platform/i18n/money.js'
import type { FieldWords } from '../../platform/records/compare-fields.js'
import { placeName } from '../geography/index.js'
import type { ProviderProfile } from '../providers/index.js'
import { inBoth, plain, type ReviewWords } from './words.js'

/** All that a firm's profile says, each field in words, for somebody who has to judge it. */
export function providerFields(p: ProviderProfile, words: ReviewWords): FieldWords[] {
  const { context, taxonomy } = words
  const { t, lang, park } = context
  const say = (...lines: Parameters<typeof plain> extends [unknown, ...infer L] ? L : never) => plain(context, ...lines)
  const yesNo = (value: boolean | undefined) =>
    value === undefined ? undefined : t(value ? 'providers.way.yes' : 'providers.way.no')
  const zone = park.zones.find(({ id }) => id === p.park.zone)
  const values: Record<keyof ProviderProfile, ShownText[]> = {
    name: inBoth(p.name),
    tradeName: say(p.tradeName),
    taxCode: say(p.taxCode),
    vsic: say(...p.vsic.map(({ code, version }) => `${code} (${version})`)),
    park: say(t(`providers.status.${p.park.status}`), zone && pickText(zone.name, lang)?.text, p.park.unit),
    tagline: inBoth(p.tagline),
    description: inBoth(p.description),
    features: p.features.flatMap(inBoth),
    benefits: p.benefits.flatMap(inBoth),
    services: p.services.flatMap((service) => serviceWords(service, words)),
    sectors: say(...p.sectors.map((id) => taxonomy.name('sector', id, lang))),
    wards: say(...p.wards.map((code) => placeName(code))),
    provinces: say(...p.provinces.map((code) => placeName(code))),
    remote: say(yesNo(p.remote)),
    onSite: say(yesNo(p.onSite)),
    sizeBand: say(p.sizeBand && taxonomy.name('sizeBand', p.sizeBand, lang)),
    founded: say(p.founded),
    languages: say(...p.languages.map((code) => languageName(lang, code) ?? code)),
    certifications: say(...p.certifications),
    cases: p.cases.flatMap((done) => [
      ...say(done.year),
      ...inBoth(done.client),
      ...inBoth(done.problem),
      ...inBoth(done.result),
    ]),
    offers: p.offers.flatMap((offer) => [
      ...inBoth(offer.title),
      ...say(`${offer.from} – ${offer.until}`, offer.percent && `${offer.percent}%`),
    ]),
    address: say(p.address),
    contacts: say(
      ...(['phone', 'email', 'website'] as const).map((kind) => {
        const contact = p.contacts[kind]
        return (
          contact &&
          `${kind === 'phone' ? formatPhone(contact.value) : contact.value} (${t(`curation.visibility.${contact.visibility}`)})`
        )
      }),
    ),
    lastReviewed: say(p.lastReviewed),
    expires: say(p.expires),
  }
  return Object.entries(values).map(([field, said]) => ({ field, label: t(`curation.fields.${field}`), values: said }))
}

function serviceWords(
  { service, evidence, price, deliveryWeeks }: ProviderProfile['services'][number],
  { context, taxonomy }: ReviewWords,
): ShownText[] {
  const { t, lang } = context
  const facts = [
    price && formatMoneyRange(lang, price),
    deliveryWeeks && t('curation.weeks', { min: deliveryWeeks.min, count: deliveryWeeks.max }),
  ].filter(Boolean)
  const name = taxonomy.name('service', service, lang)
  return [...plain(context, [name, ...facts].join(' · ')), ...inBoth(evidence)]
}
