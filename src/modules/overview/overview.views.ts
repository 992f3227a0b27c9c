import type { RouteParams } from '../../kernel/routes.js'
import { adminNav } from '../../platform/http/admin-nav.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate, formatMoment } from '../../platform/i18n/formats.js'
import type { Chart } from '../../platform/views/pictures/chart.js'
import type { Figures } from './figures.service.js'
import { AGES, type Age, type What, writtenAge } from './narrowing.rules.js'

/** A number, and the rows behind it; nothing leads from zero. */
interface Cell {
  value: number
  href: string | null
  /** For whoever hears links by themselves. */
  label: string
  warning: boolean
}

interface Table {
  caption: string
  head: string[]
  rows: { label: string; cells: Cell[] }[]
}

interface Part {
  id: string
  title: string
  text: string
  /** `bars` stand, `lying` lie, `trend` goes over time. */
  charts: { form: 'bars' | 'lying' | 'trend'; chart: Chart }[]
  table: Table | null
}

/** View model of `admin/overview.hbs`. */
export function overviewView(figures: Figures, context: RequestContext) {
  const { t, lang, park } = context
  return {
    title: t('overview.title'),
    noindex: true,
    nav: adminNav(context, 'admin.overview'),
    lead: t('overview.lead'),
    counted: t('overview.counted', { at: formatMoment(lang, figures.at, park.timeZone) }),
    parts: [
      waitingPart(figures, context),
      bandsPart(figures, context),
      agesPart('listings', figures.ages, context),
      agesPart('needs', figures.needs, context),
      introductionsPart(figures, context),
      missesPart(figures, context),
      ...weeksParts(figures, context),
    ],
  }
}

export const ageWords = ([from, to]: Age, t: RequestContext['t']): string =>
  to === null
    ? t('overview.age.over', { from })
    : from === 0
      ? t('overview.age.under', { count: to })
      : t('overview.age.between', { from, to })

function cellOf(value: number, href: string, label: string): Cell {
  return { value, href: value > 0 ? href : null, label: `${label}: ${value}`, warning: false }
}

const rowsOf = ({ url }: RequestContext, what: What, query: RouteParams) => url('admin.overview-rows', { what }, query)

function chartOf(id: string, title: string, points: Chart['points'], { t }: RequestContext): Chart {
  const said = points.map(({ label, value }) => `${label}: ${value}`).join('; ')
  return { id: `chart-${id}`, title, description: said || t('overview.nothing'), points }
}

function waitingPart({ waiting }: Figures, context: RequestContext): Part {
  const { t, url } = context
  const title = t('overview.waiting.title')
  const points = waiting.map(({ kind, total }) => ({ label: t(`curation.kinds.${kind}`), value: total }))
  return {
    ...{ id: 'waiting', title, text: t('overview.waiting.text') },
    charts: points.length > 0 ? [{ form: 'lying', chart: chartOf('waiting', title, points, context) }] : [],
    table: {
      caption: title,
      head: [t('overview.kind'), t('overview.all'), t('overview.late'), ...AGES.cases.map((age) => ageWords(age, t))],
      rows: waiting.map(({ kind, total, late, ages }) => {
        const label = t(`curation.kinds.${kind}`)
        return {
          label,
          cells: [
            cellOf(total, url('admin.queue', {}, { kind }), label),
            {
              ...cellOf(late, url('admin.queue', {}, { kind, late: 1 }), `${label}, ${t('overview.late')}`),
              warning: late > 0,
            },
            ...ages.map(({ age, n }) =>
              cellOf(n, rowsOf(context, 'cases', { kind, age: writtenAge(age) }), `${label}, ${ageWords(age, t)}`),
            ),
          ],
        }
      }),
    },
  }
}

function bandsPart({ bands }: Figures, context: RequestContext): Part {
  const { t, url } = context
  const title = t('overview.bands.title')
  const rows = bands.map(({ band, n }) => {
    const label = t('overview.bands.band', { from: band, to: band === 75 ? 100 : band + 24 })
    return { label, n, href: url('admin.listings', {}, { band }) }
  })
  return simplePart('bands', title, t('overview.bands.text'), 'bars', rows, context)
}

function agesPart(what: 'listings' | 'needs', ages: Figures['ages'], context: RequestContext): Part {
  const { t } = context
  const rows = ages.map(({ age, n }) => ({
    ...{ label: ageWords(age, t), n, href: rowsOf(context, what, { age: writtenAge(age) }) },
  }))
  const title = t(`overview.${what}.title`)
  return simplePart(what, title, t(`overview.${what}.text`), 'lying', rows, context)
}

function introductionsPart({ introductions }: Figures, context: RequestContext): Part {
  const { t } = context
  const rows = introductions.map(({ state, n }) => ({
    ...{ label: t(`overview.states.${state}`), n, href: rowsOf(context, 'introductions', { state }) },
  }))
  return simplePart(
    'introductions',
    t('overview.introductions.title'),
    t('overview.introductions.text'),
    'lying',
    rows,
    context,
  )
}

function missesPart({ misses }: Figures, context: RequestContext): Part {
  const { t, url } = context
  const title = t('overview.misses.title')
  const rows = [{ label: t('overview.misses.phrases'), n: misses, href: url('admin.taxonomy-searches') }]
  return { ...simplePart('misses', title, t('overview.misses.text'), 'bars', rows, context), charts: [] }
}

function simplePart(
  id: string,
  title: string,
  text: string,
  form: 'bars' | 'lying',
  rows: readonly { label: string; n: number; href: string }[],
  context: RequestContext,
): Part {
  const { t } = context
  const points = rows.map(({ label, n }) => ({ label, value: n }))
  return {
    ...{ id, title, text },
    charts: [{ form, chart: chartOf(id, title, points, context) }],
    table: {
      caption: title,
      head: [t('overview.which'), t('overview.number')],
      rows: rows.map(({ label, n, href }) => ({ label, cells: [cellOf(n, href, label)] })),
    },
  }
}

function weeksParts({ weeks }: Figures, context: RequestContext): Part[] {
  const { t, lang, park } = context
  const whats = ['listings', 'needs', 'introductions'] as const
  const day = (week: string) => formatDate(lang, week, park.timeZone)
  const charts = whats.map((what) => {
    const points = weeks.map((one) => ({ label: day(one.week), value: one[what] }))
    return { form: 'trend' as const, chart: chartOf(`weeks-${what}`, t(`overview.weeks.${what}`), points, context) }
  })
  const table: Table = {
    caption: t('overview.weeks.title'),
    head: [t('overview.weeks.week'), ...whats.map((what) => t(`overview.weeks.${what}`))],
    rows: [...weeks].reverse().map((one) => ({
      label: day(one.week),
      cells: whats.map((what) =>
        cellOf(
          one[what],
          rowsOf(context, what, { week: one.week }),
          `${t(`overview.weeks.${what}`)}, ${day(one.week)}`,
        ),
      ),
    })),
  }
  return [{ id: 'weeks', title: t('overview.weeks.title'), text: t('overview.weeks.text'), charts, table }]
}
