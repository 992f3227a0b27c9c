import { type LocalText, pickText, type ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'
import { cutPassage } from '../../platform/records/passages.js'
import { legalName, shownName } from './names.rules.js'
import { offersOn } from './offers.rules.js'
import { published } from './providers.api.views.js'
import { contactsClosed, contactViews } from './providers.contacts.views.js'
import { factsAbout, placesServed, sectorsServed, waysOfWorking } from './providers.facts.views.js'
import { organization } from './providers.organization.views.js'
import { offerText, type ProviderWords, whereabouts } from './providers.row.views.js'
import type { ProviderProfile } from './providers.schemas.js'
import type { ProviderRecord } from './providers.search.js'
import { caseView, serviceView } from './providers.work.views.js'

const LONGEST_DESCRIPTION = 155

/** The page of one firm: all that helps to judge it. What is not known is said to be so. */
export function providerView(
  record: ProviderRecord,
  similar: readonly ProviderRecord[],
  words: ProviderWords,
  { contactsOpen = true }: { contactsOpen?: boolean } = {},
) {
  const { context, taxonomy, today } = words
  const { t, lang, park } = context
  const profile = published(record)
  const name = shownName(profile, lang)
  const tagline = pickText(profile.tagline, lang)
  const description = pickText(profile.description, lang)
  return {
    title: name.text,
    description: tagline?.text ?? (description && cutPassage(description, [], LONGEST_DESCRIPTION).text.text),
    structuredData: organization(profile, record.slug, taxonomy, context, { contactsOpen }),
    breadcrumbs: {
      links: [{ href: context.url('providers.list'), label: t('providers.list.title') }],
      here: name.text,
    },
    name,
    legalName: legalName(profile, lang),
    tagline,
    where: whereabouts(profile, context),
    featured: record.featuredAt !== null,
    demonstration: record.source === 'demonstration',
    outdated:
      profile.expires !== undefined && profile.expires < today
        ? t('providers.show.outdated', { date: formatDate(lang, profile.expires, park.timeZone) })
        : null,
    services: profile.services.map((service) => serviceView(service, words)),
    offers: offersOn(today, profile.offers).map(({ offer, running }) => ({
      title: pickText(offer.title, lang),
      terms: offerText(offer, context),
      from: running ? null : t('providers.offer.from', { from: formatDate(lang, offer.from, park.timeZone) }),
    })),
    about: description,
    features: textsOf(profile.features, context),
    benefits: textsOf(profile.benefits, context),
    sectors: sectorsServed(profile, words),
    places: placesServed(profile),
    ways: waysOfWorking(profile, t),
    cases: profile.cases.map((done) => caseView(done, words)),
    facts: factsAbout(profile, words),
    contacts: contactViews(profile, t, { contactsOpen }),
    contactsClosed: contactsOpen ? null : contactsClosed(context, record.slug),
    lastReviewed: profile.lastReviewed ?? null,
    matchAction: context.url('match'),
    similar: similar.map((other) => similarFirm(other, context)),
  }
}

const textsOf = (texts: readonly LocalText[], { lang }: RequestContext): ShownText[] =>
  texts.flatMap((text) => pickText(text, lang) ?? [])

function similarFirm(record: ProviderRecord, context: RequestContext) {
  const profile: ProviderProfile = published(record)
  return {
    href: context.url('providers.show', { slug: record.slug }),
    name: shownName(profile, context.lang),
    tagline: pickText(profile.tagline, context.lang),
  }
}
