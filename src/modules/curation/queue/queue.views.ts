import type { ShownText } from '../../../kernel/text.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatRelative } from '../../../platform/i18n/formats.js'
import { CASE_KINDS, type CaseKind, type CaseRow } from '../cases.model.js'

interface QueuePage {
  /** All that waits, and what of it is shown. */
  waiting: readonly CaseRow[]
  shown: readonly CaseRow[]
  kind: CaseKind | null
  names: ReadonlyMap<string, ShownText>
  /** Who waits, by case id. */
  waits: ReadonlyMap<string, string>
  now: Date
}

/** View model of `admin/queue.hbs`. */
export function queueView({ waiting, shown, kind, names, waits, now }: QueuePage, context: RequestContext) {
  const { t, url, lang } = context
  return {
    title: t('curation.queue.title'),
    noindex: true,
    nav: adminNav(context, 'admin.queue'),
    lead: t('curation.queue.lead', { count: waiting.length }),
    filters:
      waiting.length === 0 ? null : { label: t('curation.queue.filter'), chips: kindChips(waiting, kind, context) },
    rows: shown.map((entry) => ({
      href: url('admin.case', { case: entry._id }),
      name: names.get(entry._id) ?? { text: t('curation.gone.name'), lang },
      facts: [
        t(`curation.kinds.${entry.kind}`),
        waits.get(entry._id) ?? '',
        formatRelative(lang, entry.createdAt, now),
      ].filter(Boolean),
    })),
    empty: { title: t('curation.queue.emptyTitle'), text: t('curation.queue.emptyText'), actions: [] },
  }
}

/** One for each kind that waits, with how many do; the chosen one leads back to all. */
function kindChips(waiting: readonly CaseRow[], chosen: CaseKind | null, { t, url }: RequestContext) {
  return CASE_KINDS.flatMap((kind) => {
    const count = waiting.filter((entry) => entry.kind === kind).length
    const on = kind === chosen
    if (count === 0 && !on) return []
    const label = t('curation.queue.kindCount', { kind: t(`curation.kinds.${kind}`), count })
    return [{ label, on, href: url('admin.queue', {}, { kind: on ? undefined : kind }) }]
  })
}
