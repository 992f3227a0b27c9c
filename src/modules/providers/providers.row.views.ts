import type { PlainDate } from '../../kernel/clock.js'
import { pickText, type ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'
import { formatMoneyRange } from '../../platform/i18n/money.js'
import { spansIn } from '../../platform/records/highlights.js'
import { introOf, passageOf } from '../../platform/records/passages.js'
import type { Hit } from '../../platform/search/index.js'
import type { ProviderRow } from '../../platform/views/models/lists.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { shownName } from './names.rules.js'
import { type Offer, offersOn } from './offers.rules.js'
import { lowestPrice } from './prices.rules.js'
import { published } from './providers.api.views.js'
import type { ProviderProfile } from './providers.schemas.js'
import type { FoundProvider } from './providers.service.js'

/** What rows and profiles are made with beside the record. */
export interface ProviderWords {
  taxonomy: TaxonomyView
  /** The day it is in the park. */
  today: PlainDate
  context: RequestContext
}

const MOST_TAGS = 4

/** A firm in a list: who it is, what it does, and why it is there when its first lines do not show it. */
export function providerRow(
  { record, hit }: FoundProvider,
  chosen: readonly string[],
  words: ProviderWords,
): ProviderRow {
  const { context } = words
  const profile = published(record)
  const name = shownName(profile, context.lang)
  const nameSpans = spansIn(hit, 'name', name.text)
  const intro = introOf(hit, profile, context.lang)
  const services = servicesByInterest(profile, chosen, hit, words)
  const shows = nameSpans.length > 0 || (intro?.spans.length ?? 0) > 0 || services.some((service) => service.matched)
  return {
    href: context.url('providers.show', { slug: record.slug }),
    name,
    nameSpans,
    tagline: intro?.text ?? null,
    taglineSpans: intro?.spans ?? [],
    excerpt: shows ? null : reasonToBeHere(profile, hit, words),
    tags: [...(record.featuredAt ? [context.t('listings.featured.yes')] : []), ...tagsOf(services, words)],
    facts: factsOf(profile, words),
    note: noteOf(profile, words),
  }
}

const reasonToBeHere = (p: ProviderProfile, hit: Hit, { context }: ProviderWords) =>
  passageOf(
    hit,
    [
      ['name', [p.name]],
      ['features', [...p.features, ...p.benefits]],
      ['evidence', p.services.map((s) => s.evidence)],
      ['cases', p.cases.flatMap((c) => [c.problem, c.result, c.client])],
      ['description', [p.description]],
    ],
    context.lang,
  )

interface NamedService {
  name: string
  matched: boolean
}

/** The services in the firm's own order, those asked for or chosen first. */
function servicesByInterest(
  profile: ProviderProfile,
  chosen: readonly string[],
  hit: Hit,
  { taxonomy, context }: ProviderWords,
): NamedService[] {
  const named = profile.services.map(({ service }) => {
    const names = Object.values(taxonomy.service(service)?.name ?? {})
    const matched = names.some((name) => spansIn(hit, 'services', name).length > 0)
    return {
      name: taxonomy.name('service', service, context.lang),
      matched,
      first: matched || chosen.includes(service),
    }
  })
  return [...named.filter((s) => s.first), ...named.filter((s) => !s.first)]
}

function tagsOf(services: readonly NamedService[], { context }: ProviderWords): string[] {
  const rest = services.length - MOST_TAGS
  const shown = services.slice(0, MOST_TAGS).map((service) => service.name)
  return rest > 0 ? [...shown, context.t('providers.row.more', { count: rest })] : shown
}

function factsOf(profile: ProviderProfile, { taxonomy, context }: ProviderWords): string[] {
  const { t, lang } = context
  const price = lowestPrice(profile.services)
  return [
    whereabouts(profile, context),
    ...(profile.sizeBand ? [taxonomy.name('sizeBand', profile.sizeBand, lang)] : []),
    price ? t('providers.row.price', { price: formatMoneyRange(lang, price) }) : t('providers.row.noPrice'),
  ]
}

/** "Trong khu, A2-14" */
export function whereabouts({ park }: ProviderProfile, context: RequestContext): string {
  const status = context.t(`providers.status.${park.status}`)
  const place = park.unit ?? zoneName(park.zone, context)?.text
  return place ? context.t('providers.where', { status, place }) : status
}

export function zoneName(id: string | undefined, { park, lang }: RequestContext): ShownText | null {
  return pickText(park.zones.find((zone) => zone.id === id)?.name, lang)
}

function noteOf(profile: ProviderProfile, { today, context }: ProviderWords): string | null {
  const [best] = offersOn(today, profile.offers)
  if (best?.running) return offerText(best.offer, context)
  const count = profile.cases.length
  return count > 0 ? context.t('providers.row.cases', { count }) : null
}

/** "Dùng thử 60 ngày đến 31/12/2026" */
export function offerText(offer: Offer, { t, lang, park }: RequestContext): string {
  const until = formatDate(lang, offer.until, park.timeZone)
  if (offer.kind === 'trial') {
    return offer.days
      ? t('providers.offer.trialDays', { days: offer.days, until })
      : t('providers.offer.trial', { until })
  }
  return offer.percent
    ? t('providers.offer.discountPercent', { percent: offer.percent, until })
    : t('providers.offer.discount', { until })
}
