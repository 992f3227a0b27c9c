import type { ShownText } from '../../../kernel/text.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatMoment, formatNumber, formatRelative } from '../../../platform/i18n/formats.js'
import type { Switch } from '../../../platform/search/index.js'
import { type Comparison, isAlike } from '../comparing.js'
import type { BuiltIndex, EngineName, Standing } from '../indexing.service.js'
import type { WorkPart, WorkRow } from '../work.model.js'

/** Of many records set aside the oldest are shown. */
const SHOWN = 50

export const shownOf = ({ setAside }: Standing) => setAside.slice(0, SHOWN)

interface EnginesPage {
  standings: readonly Standing[]
  serving: EngineName
  /** Null where there is only one engine. */
  last: Switch | null
  work: WorkRow | null
  /** Of the records that are set aside, by id. */
  names: ReadonlyMap<string, ShownText>
  now: Date
}

/** View model of `admin/search.hbs`. */
export function enginesView({ standings, serving, last, work, names, now }: EnginesPage, context: RequestContext) {
  const { t, url, lang, park } = context
  const aside = standings.flatMap((stand) => shownOf(stand).map((row) => ({ ...row, engine: stand.engine })))
  const total = standings.reduce((sum, { setAside }) => sum + setAside.length, 0)
  return {
    title: t('engines.title'),
    noindex: true,
    nav: adminNav(context, 'admin.search'),
    lead: t('engines.lead'),
    head: ['engine', 'serves', 'lag', 'aside'].map((name) => t(`engines.head.${name}`)),
    rows: standings.map(({ engine, lag, setAside }) => ({
      label: t(`engines.names.${engine}`),
      cells: [
        t(engine === serving ? 'engines.yes' : 'engines.no'),
        formatNumber(lang, lag),
        formatNumber(lang, setAside.length),
      ],
    })),
    lastSwitch: last?.reason
      ? t(`engines.switched.${last.to}`, { at: formatMoment(lang, last.at, park.timeZone), reason: last.reason })
      : null,
    action: url('admin.search-act'),
    work: work && workView(work, context, now),
    aside: aside.map(({ type, recordId, engine, cause, since, attempts, nextAt, error }) => ({
      name: names.get(recordId) ?? null,
      id: recordId,
      href: type === 'need' ? null : url('admin.listing', { listing: recordId }),
      error,
      facts: [
        t(`engines.types.${type}`),
        t(`engines.names.${engine}`),
        t(`engines.causes.${cause}`),
        t('engines.since', { when: formatRelative(lang, since, now) }),
        t('engines.attempts', { count: attempts }),
        t('engines.next', { when: formatMoment(lang, nextAt, park.timeZone) }),
      ],
    })),
    asideText: total > 0 ? t('engines.asideText', { count: total }) : t('engines.nothingAside'),
  }
}

function workView({ what, at, parts }: WorkRow, context: RequestContext, now: Date) {
  const { t, lang } = context
  return {
    title: t(`engines.work.${what}`, { when: formatRelative(lang, at, now) }),
    parts: parts.length > 0 ? parts.map((part) => partView(part, context)) : [t('engines.work.waiting')],
  }
}

/** What came of it on one engine, in a line. */
function partView({ engine, state, compared, built, error }: WorkPart, { t }: RequestContext): string {
  const name = t(`engines.names.${engine}`)
  if (state === 'failed') return t('engines.work.failed', { name, error })
  const said = [...compared.map(comparedText), ...built.map(builtText)].join('; ')
  return t(`engines.work.${state}`, { name, said: said || '…' })

  function comparedText(comparison: Comparison): string {
    const counts = { ...comparison, index: t(`engines.indexes.${comparison.index}`) }
    return t(isAlike(comparison) ? 'engines.work.alike' : 'engines.work.repaired', counts)
  }
  function builtText({ index, documents, ms }: BuiltIndex): string {
    return t('engines.work.built', { index: t(`engines.indexes.${index}`), documents, seconds: Math.ceil(ms / 1000) })
  }
}
