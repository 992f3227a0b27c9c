import type { RequestContext } from '../../../platform/http/context.js'

/** View model of `accounts/show.hbs`. */
export function accountView({ t, url, viewer }: RequestContext) {
  if (!viewer) throw new TypeError('the account page is shown to nobody')
  return {
    title: t('accounts.show.title'),
    noindex: true,
    name: viewer.name,
    email: viewer.email,
    signOutAction: url('accounts.sign-out'),
  }
}
