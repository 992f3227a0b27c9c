import type { Page } from '../../kernel/pagination.js'
import type { ShownText } from '../../kernel/text.js'
import { adminNav } from '../../platform/http/admin-nav.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate, formatRelative } from '../../platform/i18n/formats.js'
import { paginationView } from '../../platform/views/models/lists.js'
import { writtenAge } from './narrowing.rules.js'
import type { Narrowing, OverviewRow } from './overview.repository.js'
import { ageWords } from './overview.views.js'

interface RowsPage {
  narrowing: Narrowing
  rows: readonly OverviewRow[]
  page: Page
  /** Of listings and needs, by record id. */
  names: ReadonlyMap<string, ShownText>
  now: Date
}

/** View model of `admin/overview-rows.hbs`. */
export function rowsView({ narrowing, rows, page, names, now }: RowsPage, context: RequestContext) {
  const { t, url } = context
  const { what, kind, state, age, week } = narrowing
  const query = { kind, state, age: age && writtenAge(age), week }
  const title = t(`overview.rows.${what}${week ? 'Week' : ''}`)
  return {
    title,
    noindex: true,
    nav: adminNav(context, 'admin.overview'),
    breadcrumbs: { links: [{ href: url('admin.overview'), label: t('overview.title') }], here: title },
    lead: [...narrowedBy(narrowing, context), t('overview.rows.count', { count: page.total })].join(' · '),
    rows: rows.map((row) => ({ ...namedRow(row, what, names, context), facts: factsOf(row, narrowing, now, context) })),
    pagination: paginationView(page, (to) => url('admin.overview-rows', { what }, { ...query, page: to })),
    empty: { title: t('overview.rows.emptyTitle'), text: t('overview.rows.emptyText'), actions: [] },
  }
}

function narrowedBy({ kind, state, age, week }: Narrowing, { t, lang, park }: RequestContext): string[] {
  return [
    kind ? t(`curation.kinds.${kind}`) : null,
    state ? t(`overview.states.${state}`) : null,
    age ? ageWords(age, t) : null,
    week ? t('overview.rows.week', { day: formatDate(lang, week, park.timeZone) }) : null,
  ].filter((words) => words !== null)
}

function namedRow(
  row: OverviewRow,
  what: Narrowing['what'],
  names: RowsPage['names'],
  { t, url, lang }: RequestContext,
): { href: string; name: ShownText } {
  const gone = { text: t('curation.gone.name'), lang }
  switch (what) {
    case 'cases':
      return { href: url('admin.case', { case: row._id }), name: names.get(row.recordId ?? '') ?? gone }
    case 'listings':
      return { href: url('admin.listing', { listing: row._id }), name: names.get(row._id) ?? gone }
    case 'needs':
      return { href: url('needs.show', { slug: row.slug ?? '' }), name: names.get(row._id) ?? gone }
    case 'introductions': {
      const [firm, need] = [names.get(row.provider ?? '') ?? gone, names.get(row.needId ?? '') ?? gone]
      const name = { text: `${firm.text} – ${need.text}`, lang }
      return { href: url('introductions.show', { introduction: row._id }), name }
    }
  }
}

function factsOf(row: OverviewRow, { what, week }: Narrowing, now: Date, { t, lang }: RequestContext): string[] {
  const since =
    what === 'listings' && !week ? row.updatedAt : what === 'needs' && !week ? row.publishedAt : row.createdAt
  return [
    what === 'cases' && row.kind ? t(`curation.kinds.${row.kind}`) : null,
    what === 'introductions' && row.state ? t(`overview.states.${row.state}`) : null,
    since ? formatRelative(lang, since, now) : null,
  ].filter((fact) => fact !== null)
}
