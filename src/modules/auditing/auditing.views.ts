import type { PageName } from '../../kernel/routes.js'
import { wordsOfAction } from '../../platform/audit/audit.actions.js'
import { adminNav } from '../../platform/http/admin-nav.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatMoment } from '../../platform/i18n/formats.js'
import type { AuditRow } from '../../platform/records/record.model.js'
import { ALL_ACTIONS, type Asked, writtenCursor } from './auditing.schemas.js'
import type { LogPage } from './log.repository.js'
import { pageOfSubject, type Subjects } from './subjects.js'

interface AuditPage {
  asked: Asked
  log: LogPage
  subjects: Subjects
}

/** View model of `admin/audit.hbs`. */
export function auditView({ asked, log, subjects }: AuditPage, context: RequestContext) {
  const { t, url } = context
  const query = addressOf(asked)
  const to = (more: Record<string, string>) => url('admin.audit', {}, { ...query, ...more })
  return {
    title: t('audit.page.title'),
    noindex: true,
    nav: adminNav(context, 'admin.audit'),
    lead: t('audit.page.lead'),
    filter: filterView(asked, subjects, context),
    rows: log.entries.map((entry) => rowView(entry, asked, subjects, context)),
    pages: (log.newer || log.older) && {
      newer: log.newer && to({ after: writtenCursor(log.newer) }),
      older: log.older && to({ before: writtenCursor(log.older) }),
    },
    exporting: log.entries.length > 0 ? url('admin.audit-export', {}, query) : null,
    empty: { title: t('audit.page.emptyTitle'), text: t('audit.page.emptyText'), actions: [] },
  }
}

function addressOf(asked: Asked): Record<string, string> {
  return Object.fromEntries(Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== null))
}

function filterView(asked: Asked, subjects: Subjects, { t, url, lang }: RequestContext) {
  const actions = ALL_ACTIONS.map((action) => ({ value: action, label: t(wordsOfAction(action)) }))
  const people = [...subjects.staff].map(([value, label]) => ({ value, label }))
  const other = asked.by && !subjects.staff.has(asked.by) && asked.by !== 'visitor' ? [asked.by] : []
  const byLabel = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label, lang)
  return {
    action: url('admin.audit'),
    clear: Object.keys(addressOf(asked)).length > 0 ? url('admin.audit') : null,
    actions: chosen(actions.sort(byLabel), asked.action),
    people: chosen(
      [
        ...people.sort(byLabel),
        { value: 'visitor', label: t('audit.who.visitor') },
        ...other.map((id) => ({ value: id, label: whoWords(id, subjects, t) })),
      ],
      asked.by,
    ),
    from: asked.from ?? '',
    to: asked.to ?? '',
    record: asked.record ?? '',
    batch: asked.batch ?? '',
    narrow: asked.record !== null || asked.batch !== null,
  }
}

const chosen = (options: readonly { value: string; label: string }[], value: string | null) =>
  options.map((option) => ({ ...option, checked: option.value === value }))

function rowView(entry: AuditRow, asked: Asked, subjects: Subjects, context: RequestContext) {
  const { t, url, lang, park } = context
  const { action, by, recordId, type, at, version, batch, seq, details } = entry
  const page = pageOfSubject(entry, subjects)
  const narrowed = (more: Partial<Asked>) => url('admin.audit', {}, addressOf({ ...asked, ...more }))
  const who = whoWords(by, subjects, t)
  const name = subjects.names.get(recordId) ?? {
    text: subjects.staff.get(recordId) ?? t('audit.page.unnamed', { type: t(`audit.types.${type}`), id: recordId }),
    lang,
  }
  return {
    words: t(wordsOfAction(action)),
    subject: { name, href: page && url(page[0] as PageName, page[1]) },
    when: formatMoment(lang, at, park.timeZone),
    who: asked.by === by ? { words: who, href: null } : { words: who, href: narrowed({ by }) },
    same: asked.record === recordId ? null : narrowed({ record: recordId }),
    batch: batch && asked.batch !== batch ? { id: batch, href: narrowed({ batch }) } : null,
    facts: [
      version === null ? null : t('audit.page.version', { version }),
      ...Object.entries(details ?? {}).map(([key, value]) => `${detailWord(key, t)}: ${value}`),
      seq === undefined ? t('audit.page.waiting') : t('audit.page.place', { seq }),
    ].filter((fact) => fact !== null),
  }
}

/** The details that have a word of their own; any other is shown by its key. */
const DETAILS: ReadonlySet<string> = new Set(
  'kind reason before role added changed bad id name successor version restored type outcome purpose case person failures way by links invitation merge batch action from to record'.split(
    ' ',
  ),
)

const detailWord = (key: string, t: RequestContext['t']) => (DETAILS.has(key) ? t(`audit.details.${key}`) : key)

export function whoWords(by: string, { staff }: Pick<Subjects, 'staff'>, t: RequestContext['t']): string {
  const name = staff.get(by)
  if (name) return name
  if (by === 'visitor') return t('audit.who.visitor')
  if (by.startsWith('system:')) return t('audit.who.system', { part: by.slice('system:'.length) })
  if (by === 'erased') return t('audit.who.erased')
  return t('audit.who.person', { id: by })
}
