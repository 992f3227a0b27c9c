import type { FieldError } from '../../../kernel/errors.js'
import type { Page } from '../../../kernel/pagination.js'
import { pickText, type ShownText } from '../../../kernel/text.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import { type FacetView, facetView, paginationView } from '../../../platform/views/models/lists.js'
import {
  BANDS,
  LISTING_TYPES,
  STANDINGS,
  SUMMARY_SORTS,
  type SummaryCount,
  type SummaryRow,
} from '../../summaries/index.js'
import { possibleActs } from '../acts/acts.rules.js'
import type { Listing } from '../listing.types.js'
import { sourceWords } from '../words.js'
import { type ListState, toParams } from './list.query.js'

/** The row that is open, and its form as it was sent. */
export interface OpenRow {
  listing: Listing
  typed: TypedValues
  errors: readonly FieldError[]
  warning: string | null
}

interface ListPage {
  state: ListState
  rows: readonly SummaryRow[]
  page: Page
  count: SummaryCount
  open: OpenRow | null
}

type Facet = 'type' | 'standing' | 'band' | 'source' | 'featured' | 'owned'

/** View model of `admin/listings.hbs`. */
export function listView({ state, rows, page, count, open }: ListPage, context: RequestContext) {
  const { t, url } = context
  const hrefOf = (changed: Partial<ListState>) =>
    url('admin.listings', {}, toParams({ ...state, page: 1, edit: undefined, ...changed }))
  const facets = facetsOf(state, count, context)
  const chosen = facets.flatMap(({ values, name }) =>
    values
      .filter(({ checked }) => checked)
      .map(({ value, label }) => {
        const rest = state[name as Facet].filter((one) => one !== value)
        return { href: hrefOf({ [name]: rest }), label, on: true }
      }),
  )
  const expires = state.expires
    ? [{ href: hrefOf({ expires: undefined }), label: t(`listings.expires.${state.expires}`), on: true }]
    : []
  const chips = [...chosen, ...expires]
  return {
    title: t('listings.list.title'),
    noindex: true,
    nav: adminNav(context, 'admin.listings'),
    lead: t(count.more ? 'listings.list.foundMore' : 'listings.list.found', { count: count.total }),
    newHref: url('admin.listing-new'),
    exports: exportLinks(state, context),
    action: url('admin.listings'),
    q: state.q,
    facets,
    expires: ['', 'soon', 'past'].map((value) => ({
      value,
      label: t(`listings.expires.${value || 'any'}`),
      selected: value === (state.expires ?? ''),
    })),
    sorts: SUMMARY_SORTS.map((value) => ({
      value,
      label: t(`listings.sort.${value}`),
      selected: value === state.sort,
    })),
    filtersLabel: chips.length > 0 ? t('common.filters.openCount', { count: chips.length }) : t('common.filters.open'),
    chips: chips.length > 0 ? { label: t('common.filters.chosenLabel'), chips } : null,
    rows: rows.map((row) => rowView(row, { open, state, context })),
    pagination: paginationView(page, (number) => hrefOf({ page: number })),
    empty: {
      title: t('listings.list.emptyTitle'),
      text: t('listings.list.emptyText'),
      actions:
        chips.length > 0 || state.q
          ? [{ href: url('admin.listings'), label: t('listings.list.all'), primary: true }]
          : [],
    },
  }
}

/** The list as a table, for each sort of listing in it; its columns are those of an import. */
function exportLinks(state: ListState, { t, url }: RequestContext) {
  const types = LISTING_TYPES.filter((type) => state.type.length === 0 || state.type.includes(type))
  return types.flatMap((type) =>
    (['csv', 'xlsx'] as const).map((format) => ({
      href: url('admin.export-listings', { format }, toParams({ ...state, type: [type], page: 1, edit: undefined })),
      label: t(`listings.export.${format}`, { what: t(`listings.type.${type}`) }),
    })),
  )
}

function facetsOf(state: ListState, count: SummaryCount, { t }: RequestContext): FacetView[] {
  const spec: Record<Facet, { order: readonly string[]; label(value: string): string }> = {
    standing: { order: STANDINGS, label: (value) => t(`listings.standing.${value}`) },
    type: { order: LISTING_TYPES, label: (value) => t(`listings.type.${value}`) },
    band: { order: BANDS.map(String), label: (value) => t(`listings.band.${value}`) },
    owned: { order: ['yes', 'no'], label: (value) => t(`listings.owned.${value}`) },
    featured: { order: ['yes', 'no'], label: (value) => t(`listings.featured.${value}`) },
    source: { order: [...count.facets.source.keys()].map(String).sort(), label: (value) => sourceWords(value, t) },
  }
  return (Object.keys(spec) as Facet[]).map((name) => {
    const { order, label } = spec[name]
    const counted = order.flatMap((value) => {
      const key = name === 'band' ? Number(value) : value === 'yes' ? true : value === 'no' ? false : value
      const number = count.facets[name].get(key as never) ?? 0
      return number > 0 || state[name].includes(value) ? [{ value, label: label(value), count: number }] : []
    })
    return facetView({ name, legend: t(`listings.facet.${name}`), open: name === 'standing' }, counted, state[name], 8)
  })
}

export const nameIn = ({ name }: Pick<SummaryRow, 'name'>, { t, lang }: RequestContext): ShownText =>
  pickText(name, lang) ?? { text: t('listings.nameless'), lang }

function rowView(row: SummaryRow, page: { open: OpenRow | null; state: ListState; context: RequestContext }) {
  const { open, state, context } = page
  const { t, url, lang, park } = context
  const here = open?.listing.record.id === row._id ? open : null
  const facts = [
    t(`listings.type.${row.type}`),
    t(`listings.standing.${row.standing}`),
    t('listings.full', { percent: row.completeness }),
    row.owned ? '' : t('listings.owned.no'),
    row.changing ? t('listings.changing') : '',
    row.expiresOn ? t('listings.until', { date: formatDate(lang, row.expiresOn, park.timeZone) }) : '',
    t('listings.updated', { date: formatDate(lang, row.updatedAt, park.timeZone) }),
  ]
  return {
    id: row._id,
    href: url('admin.listing', { listing: row._id }),
    name: nameIn(row, context),
    featured: row.featured,
    facts: facts.filter(Boolean),
    editHref:
      row.standing === 'merged' || here
        ? null
        : `${url('admin.listings', {}, toParams({ ...state, edit: row._id }))}#row-${row._id}`,
    quick: here && quickView(here, state, context),
  }
}

/** The small form in a row. */
function quickView({ listing, typed, errors, warning }: OpenRow, state: ListState, { t, url }: RequestContext) {
  const { type, record, own } = listing
  const fields =
    type === 'provider'
      ? [
          fieldView(
            { name: 'phone', label: t('organisations.field.phone'), type: 'tel', required: false, maxlength: 40 },
            typed,
            errors,
            t,
          ),
          fieldView(
            { name: 'website', label: t('organisations.field.website'), type: 'url', required: false, maxlength: 500 },
            typed,
            errors,
            t,
          ),
        ]
      : []
  const quick = possibleActs(record).filter(
    (act) => act === 'feature' || act === 'unfeature' || act === 'renew' || act === 'resume',
  )
  return {
    own: own ? t('listings.own') : null,
    warning,
    action: url('admin.listing-quick', { listing: record.id }, toParams({ ...state, edit: undefined })),
    version: record.version,
    fields: own ? [] : fields,
    errors: errorSummaryView(fields, errors, t),
    acts: own ? [] : quick.map((act) => ({ act, label: t(`listings.acts.${act}.submit`) })),
    closeHref: `${url('admin.listings', {}, toParams({ ...state, edit: undefined }))}#row-${record.id}`,
    moreHref: url('admin.listing', { listing: record.id }),
  }
}
