import type { Actor } from '../../kernel/permissions.js'
import { pickText } from '../../kernel/text.js'
import { placeName } from '../geography/index.js'
import type { ShownBusiness } from './need-business.service.js'
import { type DetailWords, needDetails } from './needs.details.views.js'
import { firmsView } from './needs.firms.views.js'
import type { RankedFirms } from './needs.ports.js'
import { needState, published } from './needs.rules.js'
import type { NeedRecord } from './needs.search.js'
import { dayWords, shown } from './needs.views.js'

interface NeedPage extends DetailWords {
  /** Ids of the services asked for. */
  services: readonly string[]
  business: ShownBusiness
  firms: RankedFirms
  /** Whether all firms are asked for. */
  all: boolean
}

// Search engines show about this much.
const DESCRIPTION_LENGTH = 155

/** View model of `needs/show.hbs`. Of an anonymous need `business` is null, and nothing here leads back to it. */
export function needPageView(record: NeedRecord, page: NeedPage) {
  const { context, today, services, business, firms, all } = page
  const { t, lang } = context
  const need = published(record)
  const title = shown(need.title, context)
  const state = needState(record, today)
  const details = needDetails(need, { services, open: state === 'open' }, page)
  const { email } = context.park.contacts
  const name = business && pickText(business.name, lang)
  return {
    title: title.text,
    description: shortened(details.problem.text),
    heading: title,
    crumbs: { links: [{ href: context.url('needs.list'), label: t('needs.list.title') }], here: title.text },
    ended: state === 'open' ? null : { title: t(`needs.state.${state}`), text: t(`needs.show.${state}`) },
    posted: record.publishedAt ? t('needs.show.posted', { date: dayWords(record.publishedAt, context) }) : null,
    business: business && name ? { href: context.url('businesses.show', { slug: business.slug }), name } : null,
    demonstration: record.source === 'demonstration',
    details,
    firms: firmsView(firms, {
      all,
      allHref: `${context.url('needs.show', { slug: record.slug }, { all: 1 })}#firms`,
      t,
    }),
    offerHref: state === 'open' && mayOffer(context.actor) ? context.url('needs.offer', { slug: record.slug }) : null,
    answer:
      state === 'open' && email && !mayOffer(context.actor) ? { href: mailto(email, title.text), label: email } : null,
    postHref: context.url('needs.new'),
    reportHref: context.url('reports.new', { kind: 'needs', slug: record.slug }),
    structuredData: {
      '@context': 'https://schema.org',
      '@type': 'Demand',
      name: title.text,
      description: details.problem.text,
      url: context.absoluteUrl('needs.show', { slug: record.slug }),
      inLanguage: details.problem.lang,
      ...(record.publishedAt && { availabilityStarts: record.publishedAt.toISOString() }),
      ...(need.deadline && { availabilityEnds: need.deadline }),
      ...(need.ward && { areaServed: placeName(need.ward, true) }),
    },
  }
}

/** Who speaks for a firm offers it here; a visitor may be one who has not signed in yet. */
const mayOffer = (actor: Actor) =>
  actor.kind === 'visitor' ||
  (actor.kind === 'person' && actor.memberships.some(({ type, role }) => type === 'provider' && role !== 'viewer'))

/** Everybody else is introduced by the park. */
const mailto = (email: string, subject: string) => `mailto:${email}?subject=${encodeURIComponent(subject)}`

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= DESCRIPTION_LENGTH) return line
  const space = line.lastIndexOf(' ', DESCRIPTION_LENGTH)
  return `${line.slice(0, space > 0 ? space : DESCRIPTION_LENGTH)}…`
}
