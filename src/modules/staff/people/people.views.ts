import type { Page } from '../../../kernel/pagination.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate, formatRelative } from '../../../platform/i18n/formats.js'
import { paginationView } from '../../../platform/views/models/lists.js'
import type { SignInRow } from '../../accounts/index.js'
import { actsFor, type PersonAct } from './people.rules.js'
import { type Holder, subjectOf } from './people.service.js'

interface PeoplePage {
  found: readonly Holder[]
  page: Page
  q: string
}

/** View model of `admin/people.hbs`. */
export function peopleView({ found, page, q }: PeoplePage, context: RequestContext) {
  const { t, url } = context
  return {
    title: t('staff.people.title'),
    noindex: true,
    nav: adminNav(context, 'admin.people'),
    action: url('admin.people'),
    q,
    count: t(q ? 'staff.people.found' : 'staff.people.all', { count: page.total }),
    rows: found.map((holder) => ({
      href: url('admin.person', { person: holder.person._id }),
      name: holder.person.name ?? holder.person.email ?? '',
      facts: [holder.person.name ? holder.person.email : null, ...stateWords(holder, context)].filter(Boolean),
    })),
    pagination: paginationView(page, (to) => url('admin.people', {}, { q: q || undefined, page: to })),
    empty: { title: t('staff.people.emptyTitle'), text: t('staff.people.emptyText'), actions: [] },
  }
}

/** Role, suspension and second factor, as far as they are out of the ordinary. */
function stateWords({ account }: Holder, { t }: RequestContext): string[] {
  const factorWanting = account.staff && !account.secondFactor
  return [
    account.staff ? t(`staff.roles.${account.staff}`) : null,
    account.suspendedAt ? t('staff.person.suspended') : null,
    factorWanting ? t('staff.person.factorWanting') : null,
    account.demonstration ? t('staff.person.demonstration') : null,
  ].filter((word) => word !== null)
}

/** View model of `admin/person.hbs`. */
export function personView(
  { person, account, signIns, now }: Holder & { signIns: readonly SignInRow[]; now: Date },
  context: RequestContext,
) {
  const { t, url, lang, park } = context
  const subject = subjectOf(account)
  const [last] = signIns
  return {
    title: person.name ?? person.email ?? '',
    noindex: true,
    nav: adminNav(context, 'admin.people'),
    breadcrumbs: crumbs(context, person.name ?? person.email ?? ''),
    facts: [
      { label: t('staff.person.email'), value: person.email ?? '' },
      { label: t('staff.person.role'), value: t(`staff.roles.${account.staff ?? 'member'}`) },
      { label: t('staff.person.state'), value: t(`staff.person.${account.suspendedAt ? 'suspended' : 'active'}`) },
      { label: t('staff.person.factor'), value: t(`staff.person.${account.secondFactor ? 'factorOn' : 'factorOff'}`) },
      { label: t('staff.person.since'), value: formatDate(lang, account.createdAt, park.timeZone) },
      {
        label: t('staff.person.signIns'),
        value: last
          ? t('staff.person.lastSeen', { count: signIns.length, last: formatRelative(lang, last.lastSeenAt, now) })
          : t('staff.person.notIn'),
      },
    ],
    acts: actsFor(subject).map((act) => ({
      href: url('admin.person-confirm', { person: person._id, act }),
      label: t(`staff.acts.${act}.link`),
    })),
  }
}

interface ConfirmPage {
  holder: Holder
  act: PersonAct
  /** Why it was not done. */
  problem: string | null
}

/** View model of `admin/person-confirm.hbs`. */
export function confirmView({ holder: { person }, act, problem }: ConfirmPage, context: RequestContext) {
  const { t, url } = context
  const name = person.name ?? person.email ?? ''
  const back = url('admin.person', { person: person._id })
  return {
    title: t(`staff.acts.${act}.heading`, { name }),
    noindex: true,
    nav: adminNav(context, 'admin.people'),
    breadcrumbs: crumbs(context, t(`staff.acts.${act}.link`), { href: back, label: name }),
    lead: t(`staff.acts.${act}.text`, { name }),
    who: person.email ?? '',
    problem,
    action: url('admin.person-act', { person: person._id, act }),
    submit: t(`staff.acts.${act}.link`),
    back,
  }
}

const crumbs = ({ t, url }: RequestContext, here: string, between?: { href: string; label: string }) => ({
  links: [{ href: url('admin.people'), label: t('staff.people.title') }, ...(between ? [between] : [])],
  here,
})
