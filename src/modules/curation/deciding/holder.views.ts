import type { RequestContext } from '../../../platform/http/context.js'
import type { Colleague } from '../assigning/assigning.service.js'
import type { CaseRow } from '../cases.model.js'
import { addressOf, type QueueView } from '../queue/view.rules.js'

interface Holding {
  entry: CaseRow
  colleagues: readonly Colleague[]
  /** Opaque id of the reader. */
  me: string
  /** Whether the case is about the reader himself. */
  own: boolean
  queue: QueueView
}

/** Who sees to a case that waits, and how that is changed. View model of `partials/case-holder.hbs`. */
export function holderView({ entry, colleagues, me, own, queue }: Holding, { t, url }: RequestContext) {
  const holder = colleagues.find(({ person }) => person._id === entry.assignedTo)
  const nameOf = ({ person: { name, email } }: Colleague) => name ?? email ?? ''
  const mine = entry.assignedTo === me
  const others = colleagues.filter(({ person }) => person._id !== entry.assignedTo && person._id !== me)
  return {
    words: holder
      ? t(mine ? 'queue.holder.mine' : 'queue.holder.other', { name: nameOf(holder) })
      : t('queue.holder.none'),
    action: url('admin.assign', { case: entry._id }, addressOf(queue)),
    summary: t('queue.holder.change'),
    // Nobody takes what he may not decide; he may give it to somebody who can.
    take: !mine && !own,
    release: entry.assignedTo !== null,
    options: others.map((one) => ({ value: one.person._id, label: nameOf(one) })),
  }
}

/** Who else has the case before him. View model of `partials/case-presence.hbs`. */
export function presenceView({ _id }: CaseRow, here: readonly string[], { t, url, lang }: RequestContext) {
  const names = new Intl.ListFormat(lang, { type: 'conjunction' }).format(here)
  return {
    here: here.length > 0 ? t('queue.presence', { count: here.length, names }) : null,
    address: url('admin.presence', { case: _id }),
  }
}
