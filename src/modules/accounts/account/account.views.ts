import type { ShownText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate, formatPhone } from '../../../platform/i18n/formats.js'
import type { OwnAccount } from './account.service.js'

/** A need of one's own, as the module of needs shows it. */
export interface OwnNeedLine {
  title: ShownText
  /** In which state it is. */
  state: string
  href: string
}

export type NeedsOf = (personId: string, context: RequestContext) => Promise<OwnNeedLine[]>

interface AccountPage {
  own: OwnAccount
  needs: readonly OwnNeedLine[]
  /** How many he belongs to. */
  organisations: number
}

/** View model of `accounts/show.hbs`: everything of one's own at a glance, each with the way to change it. */
export function accountView({ own, needs, organisations }: AccountPage, context: RequestContext) {
  const { t, url, lang, park } = context
  const { person, account, signIns } = own
  const day = (date: Date) => formatDate(lang, date, park.timeZone)
  const line = (label: string, value: string, href: string, act: string) => ({ label, value, href, act })
  const change = t('accounts.show.change')
  return {
    title: t('accounts.show.title'),
    noindex: true,
    heading: person.name ? t('accounts.show.hello', { name: person.name }) : t('accounts.show.heading'),
    lead: t('accounts.show.lead', { email: person.email ?? '' }),
    needs,
    postHref: url('needs.new'),
    organisations: t('accounts.show.organisations', { count: organisations }),
    you: [
      line(t('accounts.name'), person.name ?? t('accounts.show.none'), url('accounts.details'), change),
      line(
        t('accounts.phone'),
        person.phone ? formatPhone(person.phone) : t('accounts.show.none'),
        url('accounts.details'),
        change,
      ),
      line(t('accounts.lang'), t(`accounts.langs.${person.lang}`), url('accounts.details'), change),
      line(t('accounts.email'), person.email ?? '', url('accounts.address'), change),
      line(t('alerts.own.line'), t('alerts.own.lineText'), url('account.alerts'), t('accounts.show.see')),
    ],
    security: [
      line(
        t('accounts.password'),
        account.passwordChangedAt
          ? t('accounts.show.passwordSince', { date: day(account.passwordChangedAt) })
          : t('accounts.show.noPassword'),
        url('accounts.password'),
        account.passwordChangedAt ? change : t('accounts.show.setPassword'),
      ),
      line(
        t('accounts.show.secondFactor'),
        account.secondFactor
          ? t('accounts.show.secondFactorSince', { date: day(account.secondFactor.confirmedAt) })
          : t('accounts.show.noSecondFactor'),
        url('second-factor.show'),
        t(account.secondFactor ? 'accounts.show.see' : 'accounts.show.turnOn'),
      ),
      line(
        t('accounts.signIns.title'),
        t('accounts.show.signIns', { count: signIns.length }),
        url('accounts.sign-ins'),
        t('accounts.show.see'),
      ),
      line(t('accounts.show.data'), t('accounts.show.dataAbout'), url('accounts.data'), t('accounts.show.see')),
    ],
    signOutAction: url('accounts.sign-out'),
  }
}
