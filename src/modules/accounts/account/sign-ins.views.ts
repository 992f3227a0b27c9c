import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate, formatRelative } from '../../../platform/i18n/formats.js'
import type { SignInRow } from '../accounts.model.js'

interface SignInsPage {
  signIns: readonly SignInRow[]
  /** Id of the sign-in that asks. */
  present: string
  now: Date
}

/** View model of `accounts/sign-ins.hbs`: this browser first, then the one used last. */
export function signInsView({ signIns, present, now }: SignInsPage, { t, url, lang, park }: RequestContext) {
  const title = t('accounts.signIns.title')
  const ordered = [...signIns].sort((a, b) => Number(b._id === present) - Number(a._id === present))
  return {
    title,
    noindex: true,
    crumbs: { links: [{ href: url('accounts.show'), label: t('accounts.show.title') }], here: title },
    action: url('accounts.end-sign-ins'),
    passwordHref: url('accounts.password'),
    others: signIns.length > 1,
    rows: ordered.map((signIn) => ({
      id: signIn._id,
      device: signIn.device || t('accounts.signIns.unknownDevice'),
      present: signIn._id === present,
      facts: [
        t('accounts.signIns.since', { date: formatDate(lang, signIn.createdAt, park.timeZone) }),
        ...(signIn._id === present
          ? []
          : [t('accounts.signIns.lastSeen', { when: formatRelative(lang, signIn.lastSeenAt, now) })]),
      ],
    })),
  }
}
