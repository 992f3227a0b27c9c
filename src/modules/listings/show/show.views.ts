import type { PlainDate } from '../../../kernel/clock.js'
import type { FieldError } from '../../../kernel/errors.js'
import type { Page } from '../../../kernel/pagination.js'
import { pickText } from '../../../kernel/text.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { errorSummaryView, type FieldSpec, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import { paginationView } from '../../../platform/views/models/lists.js'
import type { BusinessProfile } from '../../businesses/index.js'
import { sectionsOf } from '../../organisations/index.js'
import type { ProviderProfile } from '../../providers/index.js'
import { listingFields, nameOf, parkFieldSpecs, placeValues } from '../../reviewing/index.js'
import { businessChecks, missingFrom, percentOf, providerChecks, standingOf } from '../../summaries/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { confirmedUntil, type ListingAct, NEED_REASON, placeOf, possibleActs } from '../acts/acts.rules.js'
import { LONGEST_NOTICE, LONGEST_WHY } from '../acts/acts.schemas.js'
import { contentOf, type Listing, type Profile } from '../listing.types.js'
import type { VersionLine } from '../versions/versions.repository.js'
import { lineView } from '../versions/versions.views.js'
import { sourceWords } from '../words.js'

/** An act as it was sent, when its form has to be shown again. */
export interface SentAct {
  act: string
  typed: TypedValues
  errors: readonly FieldError[]
}

interface ShowPage {
  listing: Listing
  owners: readonly string[]
  lines: readonly VersionLine[]
  page: Page
  who: (id: string) => string
  taxonomy: TaxonomyView
  today: PlainDate
  sent: SentAct | null
  warning: string | null
}

/** View model of `admin/listing.hbs`. */
export function showView(shown: ShowPage, context: RequestContext) {
  const { listing, lines, page, who, sent } = shown
  const { type, record, own } = listing
  const { t, url, lang } = context
  const at = { listing: record.id }
  const content = contentOf(record)
  const name = content ? nameOf(content, lang) : { text: t('listings.nameless'), lang }
  const acts = own ? [] : possibleActs(record).map((act) => actView(act, shown, context))
  return {
    title: name.text,
    noindex: true,
    nav: adminNav(context, 'admin.listings'),
    breadcrumbs: { links: [{ href: url('admin.listings'), label: t('listings.list.title') }], here: name.text },
    name,
    featured: record.featuredAt !== null,
    facts: factsOf(shown, context),
    notice: record.withheld?.notice ? pickText(record.withheld.notice, lang) : null,
    publicHref:
      record.published && standingOf(record) !== 'unlisted'
        ? url(type === 'provider' ? 'providers.show' : 'businesses.show', { slug: record.slug })
        : null,
    mergeWithHref: record.mergedInto ? null : url('admin.merge-with', { survivor: record.id }),
    mergedHref: record.mergedInto && url('admin.listing', { listing: record.mergedInto }),
    own: own ? t('listings.own') : null,
    warning: shown.warning,
    missing: content && missingView(listing, content, context),
    errors: errorSummaryView(
      acts.flatMap(({ fields }) => fields),
      sent?.errors ?? [],
      t,
    ),
    action: url('admin.listing-act', at),
    version: record.version,
    acts,
    parts: own || record.mergedInto || !content ? [] : partsOf(listing, context),
    owner: own || record.mergedInto || !content || shown.owners.length > 0 ? null : ownerView(listing, context),
    says: content
      ? listingFields(content, { context, taxonomy: shown.taxonomy }).filter(({ values }) => values.length > 0)
      : [],
    compareAction: url('admin.listing-versions', at),
    versions: lines.map((line, index) => ({
      ...lineView(line, who, context),
      from: index === 1 || (lines.length === 1 && index === 0),
      to: index === 0,
      href: line.version > 1 ? url('admin.listing-versions', at, { from: line.version - 1, to: line.version }) : null,
    })),
    several: record.version > 1,
    pagination: paginationView(page, (number) => `${url('admin.listing', at, { page: number })}#versions`),
  }
}

function factsOf({ listing, owners }: ShowPage, { t, lang, park }: RequestContext): string[] {
  const { type, record } = listing
  const day = (date: Date | string) => formatDate(lang, date, park.timeZone)
  return [
    t(`listings.type.${type}`),
    t(`listings.standing.${standingOf(record)}`),
    record.published && record.working ? t('listings.changing') : '',
    owners.length > 0 ? t('listings.owners', { names: owners.join(', ') }) : t('listings.owned.no'),
    sourceWords(record.source, t),
    t('listings.since', { date: day(record.createdAt) }),
    record.expiresOn ? t('listings.until', { date: day(record.expiresOn) }) : '',
  ].filter(Boolean)
}

/** What it lacks for a good match, the most valuable first. */
function missingView({ type, record, own }: Listing, content: Profile, { t, url }: RequestContext) {
  const checks =
    type === 'provider' ? providerChecks(content as ProviderProfile) : businessChecks(content as BusinessProfile)
  return {
    heading: t('listings.missing.heading', { percent: percentOf(checks) }),
    planks: [...checks].sort((a, b) => b.weight - a.weight).map(({ status, weight }) => ({ status, weight })),
    items: missingFrom(checks).map(({ key, status, section }) => ({
      href: own ? null : url('admin.listing-edit', { listing: record.id, section }),
      title: t(`organisations.completeness.${key}.title`),
      partly: status === 'partly',
    })),
  }
}

/** The parts of its profile, each with the way to edit it. */
const partsOf = ({ type, record }: Listing, { t, url }: RequestContext) =>
  sectionsOf(type).map(({ name }) => ({
    href: url('admin.listing-edit', { listing: record.id, section: name }),
    label: t(`organisations.section.${type}-${name}`),
  }))

const ownerView = ({ record }: Listing, { t, url }: RequestContext) => ({
  action: url('admin.listing-owner', { listing: record.id }),
  field: fieldView({ name: 'email', label: t('listings.owner.email'), type: 'email', maxlength: 254 }, {}, [], t),
})

/** The form of one act; the one that was sent keeps what was typed. */
function actView(act: ListingAct, { listing, sent, today }: ShowPage, context: RequestContext) {
  const { t, park } = context
  const mine = sent?.act === act ? sent : null
  const place = act === 'place' ? placeOf(listing.record) : null
  const typed = mine?.typed ?? { until: confirmedUntil(today, park), ...(place && placeValues(place)) }
  const why: FieldSpec = {
    ...{ name: 'why', label: t('listings.why'), hint: t(`listings.acts.${act}.whyHint`), maxlength: LONGEST_WHY },
    required: NEED_REASON.includes(act),
  }
  const notice = (lang: 'vi' | 'en'): FieldSpec => ({
    ...{ name: `notice.${lang}`, label: t(`listings.notice.${lang}`), type: 'textarea', required: false },
    ...{ maxlength: LONGEST_NOTICE, hint: t(`listings.notice.${lang}Hint`) },
  })
  const specs: FieldSpec[] = [
    ...(act === 'renew' ? [{ name: 'until', label: t('listings.renewUntil'), type: 'date' as const }] : []),
    ...(place ? parkFieldSpecs(context) : []),
    ...(act === 'suspend' ? [notice('vi'), notice('en')] : []),
    why,
  ]
  return {
    act,
    label: t(`listings.acts.${act}.label`),
    hint: t(`listings.acts.${act}.hint`),
    submit: t(`listings.acts.${act}.submit`),
    open: mine !== null,
    // Several forms stand on one page: ids tell whose field it is.
    fields: specs.map((spec) => {
      const view = fieldView(spec, typed, mine?.errors ?? [], t)
      const id = `${act}-${view.id}`
      const described = [view.hint && `${id}-hint`, view.error && `${id}-error`].filter(Boolean)
      return { ...view, id, describedBy: described.join(' ') || null }
    }),
  }
}
