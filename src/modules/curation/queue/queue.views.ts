import type { Page } from '../../../kernel/pagination.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { paginationView } from '../../../platform/views/models/lists.js'
import type { SavedViewRow } from '../desk/desk.model.js'
import { CASE_KINDS } from '../kinds.rules.js'
import type { CaseForm } from '../subjects.types.js'
import type { CaseCount } from '../waiting.repository.js'
import { rowView } from './row.views.js'
import type { NamedCase } from './rows.js'
import { savedViews } from './saved.views.js'
import { addressOf, countIn, EVERYTHING, type QueueView, WHOSE } from './view.rules.js'

interface QueuePage {
  /** Of all that waits. */
  counts: readonly CaseCount[]
  page: Page
  view: QueueView
  shown: readonly NamedCase[]
  saved: readonly SavedViewRow[]
  /** The form that saves the view. */
  form: CaseForm
  /** Opaque id of the reader. */
  me: string
  now: Date
}

/** View model of `admin/queue.hbs`. */
export function queueView({ counts, page, view, shown, saved, form, me, now }: QueuePage, context: RequestContext) {
  const { t, url } = context
  const all = countIn(counts, EVERYTHING, me)
  return {
    title: t('curation.queue.title'),
    noindex: true,
    nav: adminNav(context, 'admin.queue'),
    lead: all > 0 && t('curation.queue.lead', { count: all }),
    filters: all === 0 ? null : { label: t('curation.queue.filter'), chips: chipsOf(counts, view, me, context) },
    saved: savedViews({ saved, view, form }, context),
    rows: shown.map((one) => rowView(one, view, now, context)),
    together: { action: url('admin.together'), hidden: hiddenOf(view) },
    pagination: paginationView(page, (to) => url('admin.queue', {}, { ...addressOf(view), page: to })),
    empty:
      all === 0
        ? { title: t('curation.queue.emptyTitle'), text: t('curation.queue.emptyText'), actions: [] }
        : {
            title: t('curation.queue.noneTitle'),
            text: null,
            actions: [{ href: url('admin.queue'), label: t('curation.queue.toAll'), primary: true }],
          },
  }
}

/** Whose, how late, and of which kind, each with how many there are beside what else is chosen; the chosen ones lead back. */
function chipsOf(counts: readonly CaseCount[], view: QueueView, me: string, { t, url }: RequestContext) {
  const chip = (words: string, on: boolean, chosen: QueueView, without: QueueView) => ({
    label: t('curation.queue.counted', { what: words, count: countIn(counts, chosen, me) }),
    on,
    href: url('admin.queue', {}, addressOf(on ? without : chosen)),
  })
  const { kind: chosenKind, whose: chosenWhose, late } = view
  const whose = WHOSE.map((one) =>
    chip(t(`curation.queue.whose.${one}`), one === chosenWhose, { ...view, whose: one }, { ...view, whose: null }),
  )
  const kinds = CASE_KINDS.filter((kind) => kind === chosenKind || countIn(counts, { ...view, kind }, me) > 0)
  return [
    ...whose,
    chip(t('curation.queue.late'), late, { ...view, late: true }, { ...view, late: false }),
    ...kinds.map((kind) =>
      chip(t(`curation.kinds.${kind}`), kind === chosenKind, { ...view, kind }, { ...view, kind: null }),
    ),
  ]
}

/** The view as a form carries it on. */
const hiddenOf = (view: QueueView) =>
  Object.entries(addressOf(view)).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
