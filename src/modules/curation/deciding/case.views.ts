import type { ShownText } from '../../../kernel/text.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate, formatRelative } from '../../../platform/i18n/formats.js'
import { errorSummaryView, type FieldView } from '../../../platform/views/models/form.js'
import type { Colleague } from '../assigning/assigning.service.js'
import type { CaseRow } from '../cases.model.js'
import { dueView, rowView } from '../queue/row.views.js'
import type { NamedCase } from '../queue/rows.js'
import { addressOf, type QueueView } from '../queue/view.rules.js'
import { saidIn } from '../said.rules.js'
import type { CaseActionView, CaseForm, CaseSection, CaseView } from '../subjects.types.js'
import type { FoundCase } from './deciding.service.js'
import { holderView, presenceView } from './holder.views.js'
import { END, keyed } from './keys.rules.js'

interface CasePage extends FoundCase {
  /** Null when what it was about is gone. */
  name: ShownText | null
  /** Name of the curator who has decided. */
  decidedBy: string | null
  form: CaseForm
  /** Why the decision that was just sent did not count. */
  warning: string | null
  now: Date
  /** The part of the queue that he goes through. */
  queue: QueueView
  /** Where the next of it is. */
  skip: string
  /** What stands around it in that part, itself among it. */
  beside: readonly NamedCase[]
  /** Names of the others who have it before them. */
  here: readonly string[]
  colleagues: readonly Colleague[]
  /** Opaque id of the reader. */
  me: string
  /** What is to be decided; null when nothing is. */
  view: CaseView | null
}

/** View model of `admin/case.hbs`. */
export function caseView(page: CasePage, context: RequestContext) {
  const { entry, open, own, form, warning, now, view } = page
  const { t, url, lang } = context
  const name = page.name ?? { text: t('curation.gone.name'), lang }
  const waits = entry.state === 'open'
  const holding = holderView(page, context)
  const actions = waits && !own ? (view?.actions ?? [endAction(context)]) : []
  return {
    title: `${name.text} · ${t(`curation.kinds.${entry.kind}`)}`,
    noindex: true,
    nav: adminNav(context, 'admin.queue'),
    breadcrumbs: {
      links: [{ href: url('admin.queue', {}, addressOf(page.queue)), label: t('curation.queue.title') }],
      here: name.text,
    },
    name,
    facts: {
      facts: [
        t(`curation.kinds.${entry.kind}`),
        formatRelative(lang, entry.createdAt, now),
        ...(waits ? [dueView(entry.dueAt, now, context).words, holding.words] : []),
      ],
    },
    warning,
    decided: waits ? null : decidedWords(page, context),
    decidedAgo: waits ? null : formatRelative(lang, decidedAt(entry), now),
    kept: waits ? [] : writtenIn(form),
    note: waits ? null : saidIn(entry, lang),
    ask: waits ? (view?.ask ?? t('curation.gone.text')) : null,
    own: waits && own ? t('curation.case.own') : null,
    publicHref: view?.publicHref ?? null,
    listingHref: view && ofListing(entry) ? url('admin.listing', { listing: entry.recordId }) : null,
    // What claimants tell the curators of each other is not for a rival, or for a colleague of theirs.
    sections: own && entry.kind === 'claim' ? [] : (view?.sections ?? []).map(sectionView),
    errors: errorSummaryView(
      [
        ...(view?.sections ?? []).flatMap(notesIn),
        ...actions.flatMap(({ fields, more }) => [...fields, ...(more?.fields ?? [])]),
      ],
      form.errors,
      t,
    ),
    action: url('admin.decide', { case: entry._id }, addressOf(page.queue)),
    edits: waits && !own ? (view?.edits ?? []).map((edit, index) => ({ ...edit, first: index === 0 })) : [],
    skip: page.skip,
    beside: page.beside.map((one) => ({
      ...rowView(one, page.queue, now, context),
      current: one.entry._id === entry._id,
    })),
    presence: waits ? presenceView(entry, page.here, context) : null,
    holder: waits ? holding : null,
    version: open?.version ?? null,
    actions: keyed(actions).map((action) => ({ more: null, ...action })),
  }
}

/** Whether the case has a listing that can be opened and put right beside it; of a pair each is named in the case itself. */
const ofListing = ({ kind, type }: FoundCase['entry']) =>
  kind !== 'duplicate' && (type === 'provider' || type === 'business')

/** Places for notes are left out where there are none. */
const sectionView = ({ notes = [], pairs, ...section }: CaseSection) => ({
  ...section,
  notes,
  pairs: pairs.map((pair) => ({ note: null, ...pair })),
})

/** All places for notes of a section, for the summary of what was wrong. */
const notesIn = ({ notes = [], pairs, changes }: CaseSection): FieldView[] =>
  [...notes, ...pairs.map(({ note }) => note), ...(changes?.changes ?? []).map(({ note }) => note)].filter(
    (note) => note !== null && note !== undefined,
  )

/** "Đã duyệt ngày 24/11/2026, người duyệt: Lê Thị Sáu." */
function decidedWords({ entry, decidedBy }: CasePage, { t, lang, park }: RequestContext): string {
  const date = formatDate(lang, decidedAt(entry), park.timeZone)
  if (entry.kind === 'report' && (entry.state === 'approved' || entry.state === 'rejected'))
    return t(`reports.state.${entry.state}`, { date, name: decidedBy ?? '' })
  return decidedBy
    ? t(`curation.case.decidedBy.${entry.state}`, { date, name: decidedBy })
    : t(`curation.case.decided.${entry.state}`, { date })
}

/** What somebody wrote for a decision that came too late, so that he can still use it. */
const writtenIn = ({ typed }: CaseForm): string[] =>
  Object.entries(typed)
    .filter(([field]) => /^(notes?|added)\b/.test(field))
    .flatMap(([, value]) => [value].flat().map(String))
    .filter((words) => words.trim() !== '')

const decidedAt = ({ decidedAt: at, createdAt }: CaseRow): Date => at ?? createdAt

/** What is left to do with a case whose record is gone. */
const endAction = ({ t }: RequestContext): CaseActionView => ({
  name: END,
  heading: t('curation.gone.heading'),
  hint: t('curation.gone.hint'),
  submit: t('curation.gone.submit'),
  fields: [],
  primary: true,
})
