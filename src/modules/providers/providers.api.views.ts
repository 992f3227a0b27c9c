import type { z } from 'zod'
import { type Lang, type LocalText, pickText } from '../../kernel/text.js'
import { matchedTexts } from '../../platform/records/highlights.js'
import { placeName } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { shownName } from './names.rules.js'
import type { providerAnswer, providerSummary } from './providers.api.schemas.js'
import type { ProviderProfile } from './providers.schemas.js'
import type { ProviderRecord } from './providers.search.js'
import type { FoundProvider } from './providers.service.js'

type Summary = z.infer<typeof providerSummary>
type Answer = z.infer<typeof providerAnswer>

/** A firm found, as the API answers it. */
export function toSummary({ record, hit }: FoundProvider, taxonomy: TaxonomyView, lang: Lang): Summary {
  const profile = published(record)
  return {
    ...identity(record, profile, lang),
    services: profile.services.map((s) => ({ id: s.service, name: taxonomy.name('service', s.service, lang) })),
    highlights: matchedTexts(hit),
  }
}

/** A firm in full, as far as everybody may see it. */
export function toAnswer(
  record: ProviderRecord,
  taxonomy: TaxonomyView,
  lang: Lang,
  { contactsOpen }: { contactsOpen: boolean },
): Answer {
  const p = published(record)
  const say = (text: LocalText | undefined) => pickText(text, lang)?.text ?? null
  const sayAll = (texts: readonly LocalText[]) => texts.flatMap((text) => say(text) ?? [])
  return {
    ...identity(record, p, lang),
    description: say(p.description) ?? '',
    languages: p.languages,
    park: { status: p.park.status, zone: p.park.zone ?? null, unit: p.park.unit ?? null },
    services: p.services.map((s) => ({
      id: s.service,
      name: taxonomy.name('service', s.service, lang),
      evidence: say(s.evidence),
      price: s.price ? { min: s.price.min ?? null, max: s.price.max ?? null } : null,
      deliveryWeeks: s.deliveryWeeks ?? null,
    })),
    sectors: p.sectors.map((id) => ({ id, name: taxonomy.name('sector', id, lang) })),
    wards: p.wards.map((code) => ({ code, name: placeName(code) })),
    features: sayAll(p.features),
    benefits: sayAll(p.benefits),
    remote: p.remote ?? null,
    onSite: p.onSite ?? null,
    sizeBand: p.sizeBand ?? null,
    founded: p.founded ?? null,
    certifications: p.certifications,
    cases: p.cases.map((c) => ({
      client: say(c.client) ?? '',
      problem: say(c.problem) ?? '',
      result: say(c.result) ?? '',
      year: c.year ?? null,
      sector: c.sector ?? null,
    })),
    offers: p.offers.map((o) => ({ kind: o.kind, title: say(o.title) ?? '', from: o.from, until: o.until })),
    contacts: contactsOpen ? publicContacts(p) : {},
    contactsWithheld: !contactsOpen,
    updatedAt: record.updatedAt.toISOString(),
  }
}

/** The contacts a firm shows to everybody; the others wait for an introduction. */
export function publicContacts(profile: ProviderProfile): Record<string, string> {
  return Object.fromEntries(
    Object.entries(profile.contacts).flatMap(([kind, contact]) =>
      contact?.visibility === 'public' ? [[kind, contact.value]] : [],
    ),
  )
}

/** What everybody may see of a record that a listing returned. */
export function published(record: ProviderRecord): ProviderProfile {
  if (!record.published) throw new TypeError(`provider ${record.id} is not published`)
  return record.published
}

function identity(record: ProviderRecord, profile: ProviderProfile, lang: Lang) {
  const name = shownName(profile, lang).text
  const tagline = pickText(profile.tagline, lang)?.text ?? null
  return { id: record.id, externalId: record.externalId, slug: record.slug, name, tagline }
}
