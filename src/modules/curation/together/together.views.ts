import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView } from '../../../platform/views/models/form.js'
import type { NamedCase } from '../queue/rows.js'
import { addressOf, type QueueView } from '../queue/view.rules.js'
import type { CaseForm } from '../subjects.types.js'
import { alike } from './together.rules.js'
import { pinOf } from './together.schemas.js'
import type { CaseOutcome, SelectedCase } from './together.service.js'

interface TogetherPage {
  cases: readonly SelectedCase[]
  /** The same with their names, and who waits. */
  named: readonly NamedCase[]
  action: string | null
  queue: QueueView
  form: CaseForm
}

/** View model of `admin/together.hbs`: what will happen to each case, before it does. */
export function togetherView({ cases, named, action, queue, form }: TogetherPage, context: RequestContext) {
  const { t, url } = context
  const { actions, chosen, taken, others } = alike(cases, action)
  const fields = (chosen?.fields ?? []).filter(({ name }) => chosen?.together?.includes(name))
  const here = (name: string) =>
    url('admin.together', {}, { ...addressOf(queue), action: name, case: cases.map(({ entry }) => entry._id) })
  return {
    ...frame('queue.together.title', queue, context),
    lead: t(taken.length > 0 ? 'queue.together.lead' : 'queue.together.nothing', { count: taken.length }),
    choices:
      actions.length > 1
        ? actions.map(({ name, heading }) => ({ href: here(name), label: heading, current: name === chosen?.name }))
        : [],
    errors: errorSummaryView(fields, form.errors, t),
    rows: taken.map(({ entry, open, view, action: own }) => ({
      ...nameOf(named, entry._id, queue, context),
      pin: pinOf({ id: entry._id, version: open?.version ?? null }),
      will: own.hint,
      changed: changedLabels(view?.sections ?? []),
      unheard: entry.personId ? null : t('queue.together.noMail'),
    })),
    others: others.map(({ entry, why }) => ({
      ...nameOf(named, entry._id, queue, context),
      why: t(`queue.together.leftOut.${why}`),
    })),
    address: url('admin.decide-together', {}, addressOf(queue)),
    chosen: chosen
      ? { name: chosen.name, fields, submit: t('queue.together.submit', { what: chosen.heading, count: taken.length }) }
      : null,
  }
}

interface OutcomePage {
  outcomes: readonly CaseOutcome[]
  named: readonly NamedCase[]
  queue: QueueView
}

/** View model of `admin/together-done.hbs`: how it went with each. */
export function outcomeView({ outcomes, named, queue }: OutcomePage, context: RequestContext) {
  const { t } = context
  const done = outcomes.filter(({ outcome }) => outcome === 'done').length
  const words = ({ id, outcome }: CaseOutcome) => ({
    ...nameOf(named, id, queue, context),
    failed: outcome !== 'done',
    words: t(`queue.together.outcomes.${outcome}`),
  })
  const failed = outcomes.filter(({ outcome }) => outcome !== 'done')
  return {
    ...frame('queue.together.doneTitle', queue, context),
    lead: t('queue.together.done', { count: done }),
    failedLead: failed.length > 0 ? t('queue.together.failed', { count: failed.length }) : null,
    // What somebody has to look at again comes first.
    rows: [...failed, ...outcomes.filter((one) => !failed.includes(one))].map(words),
    back: context.url('admin.queue', {}, addressOf(queue)),
  }
}

function frame(title: string, queue: QueueView, context: RequestContext) {
  const { t, url } = context
  const links = [{ href: url('admin.queue', {}, addressOf(queue)), label: t('curation.queue.title') }]
  return {
    title: t(title),
    noindex: true,
    nav: adminNav(context, 'admin.queue'),
    breadcrumbs: { links, here: t(title) },
  }
}

function nameOf(named: readonly NamedCase[], id: string, queue: QueueView, { t, url, lang }: RequestContext) {
  const one = named.find(({ entry }) => entry._id === id)
  return {
    href: url('admin.case', { case: id }, addressOf(queue)),
    name: one?.name ?? { text: t('curation.gone.name'), lang },
    facts: [one && t(`curation.kinds.${one.entry.kind}`), one?.waits].filter(Boolean),
  }
}

/** What differs from what is public, by the names of the fields. */
const changedLabels = (sections: NonNullable<SelectedCase['view']>['sections']): string =>
  sections.flatMap(({ changes }) => (changes?.changes ?? []).map(({ label }) => label)).join(', ')
