import type { Page } from '../../kernel/pagination.js'
import { adminNav } from '../../platform/http/admin-nav.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate, formatNumber } from '../../platform/i18n/formats.js'
import { paginationView } from '../../platform/views/models/lists.js'
import type { ListingType, PairRow, PairState } from '../duplicates/index.js'
import { nameOf } from '../reviewing/index.js'
import type { MergeRow } from './merges.model.js'
import type { Listing } from './merging.service.js'

interface DuplicatesPage {
  rows: readonly PairRow[]
  page: Page
  state: PairState
  type: ListingType | undefined
  listings: ReadonlyMap<string, Listing>
}

type Named = Parameters<typeof nameOf>[0]
export const shownName = (listing: Listing | undefined, { lang, t }: RequestContext) => {
  const content = listing?.published ?? listing?.working
  return content ? nameOf(content as unknown as Named, lang) : { text: t('curation.gone.name'), lang }
}

/** View model of `admin/duplicates.hbs`. */
export function duplicatesView({ rows, page, state, type, listings }: DuplicatesPage, context: RequestContext) {
  const { t, url } = context
  const here = (query: { state?: PairState | undefined; kind?: ListingType | undefined; page?: number }) =>
    url('admin.duplicates', {}, { state: state === 'open' ? undefined : state, kind: type, ...query })
  return {
    title: t('merging.list.title'),
    noindex: true,
    nav: adminNav(context, 'admin.duplicates'),
    lead: t(`merging.list.lead.${state}`, { count: page.total }),
    mergesHref: url('admin.merges'),
    filters: {
      label: t('merging.list.filter'),
      chips: [
        ...(['provider', 'business'] as const).map((one) => ({
          ...{ label: t(`merging.types.${one}`), on: type === one },
          href: here({ kind: type === one ? undefined : one }),
        })),
        {
          ...{ label: t('merging.list.apart'), on: state === 'apart' },
          href: here({ state: state === 'apart' ? undefined : 'apart' }),
        },
      ],
    },
    rows: rows.map((pair) => ({
      heading: `pair-${pair._id}`,
      names: [pair.a, pair.b].map((id) => ({
        name: shownName(listings.get(id), context),
        href: url('admin.listing', { listing: id }),
      })),
      ...pairWords(pair, context),
      mergeHref: state === 'open' ? url('admin.merge', { survivor: pair.a, other: pair.b }) : null,
      action: url('admin.duplicate', { pair: pair._id }),
      judgement: state === 'open' ? 'apart' : 'open',
      submit: t(state === 'open' ? 'merging.list.sayApart' : 'merging.list.takeBack'),
    })),
    pagination: paginationView(page, (to) => here({ page: to })),
    empty: { title: t('merging.list.emptyTitle'), text: t('merging.list.emptyText'), actions: [] },
  }
}

/** How likely it is, and why. */
export function pairWords({ score, reasons }: Pick<PairRow, 'score' | 'reasons'>, { t, lang }: RequestContext) {
  const percent = formatNumber(lang, Math.round(score * 100))
  return { facts: [t('merging.list.score', { percent }), ...reasons.map((one) => t(`merging.reasons.${one}`))] }
}

interface MergesPage {
  rows: readonly MergeRow[]
  page: Page
  listings: ReadonlyMap<string, Listing>
}

/** View model of `admin/merges.hbs`. */
export function mergesView({ rows, page, listings }: MergesPage, context: RequestContext) {
  const { t, url, lang, park } = context
  return {
    title: t('merging.merges.title'),
    noindex: true,
    nav: adminNav(context, 'admin.duplicates'),
    breadcrumbs: {
      links: [{ href: url('admin.duplicates'), label: t('merging.list.title') }],
      here: t('merging.merges.title'),
    },
    rows: rows.map((row) => ({
      href: url('admin.merged', { merge: row._id }),
      name: t('merging.merges.row', {
        other: shownName(listings.get(row.other), context).text,
        survivor: shownName(listings.get(row.survivor), context).text,
      }),
      facts: [
        formatDate(lang, row.at, park.timeZone),
        ...(row.undoneAt ? [t('merging.merges.undone', { date: formatDate(lang, row.undoneAt, park.timeZone) })] : []),
      ],
    })),
    pagination: paginationView(page, (to) => url('admin.merges', {}, { page: to })),
    empty: { title: t('merging.merges.emptyTitle'), text: t('merging.merges.emptyText'), actions: [] },
  }
}
