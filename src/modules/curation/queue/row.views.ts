import type { RequestContext } from '../../../platform/http/context.js'
import { formatDuration, formatRelative } from '../../../platform/i18n/formats.js'
import type { NamedCase } from './rows.js'
import { addressOf, type QueueView } from './view.rules.js'

/** One line of the queue; the case is opened within the view that it was found in. */
export function rowView(
  { entry, name, waits, holder }: NamedCase,
  view: QueueView,
  now: Date,
  context: RequestContext,
) {
  const { t, url, lang } = context
  return {
    id: entry._id,
    pick: t('queue.together.pick', { name: name?.text ?? t('curation.gone.name') }),
    href: url('admin.case', { case: entry._id }, addressOf(view)),
    name: name ?? { text: t('curation.gone.name'), lang },
    facts: [
      t(`curation.kinds.${entry.kind}`),
      waits,
      formatRelative(lang, entry.createdAt, now),
      holder === null ? '' : t('curation.queue.heldBy', { name: holder }),
    ].filter(Boolean),
    due: dueView(entry.dueAt, now, context),
  }
}

/** How much time is left, or how long it is over. */
export function dueView(dueAt: Date, now: Date, { t, lang }: RequestContext) {
  const late = dueAt < now
  const time = formatDuration(lang, Math.abs(dueAt.getTime() - now.getTime()))
  return { late, words: t(late ? 'curation.queue.overdueBy' : 'curation.queue.dueIn', { time }) }
}
