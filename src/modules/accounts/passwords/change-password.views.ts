import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView } from '../../../platform/views/models/form.js'
import { newPasswordField } from './passwords.views.js'

/** View model of `accounts/password.hbs`. */
export function changePasswordView(errors: readonly FieldError[], email: string, { t, url }: RequestContext) {
  const present = fieldView(
    {
      ...{ name: 'presentPassword', label: t('accounts.presentPassword') },
      ...{ type: 'password', autocomplete: 'current-password' },
    },
    {},
    errors,
    t,
  )
  const password = newPasswordField(t('accounts.newPassword'), errors, t)
  return {
    title: t('accounts.changePassword.title'),
    noindex: true,
    crumbs: {
      links: [{ href: url('accounts.show'), label: t('accounts.show.title') }],
      here: t('accounts.changePassword.title'),
    },
    action: url('accounts.change-password'),
    resetHref: url('accounts.reset'),
    email,
    present,
    password,
    errors: errorSummaryView([present, password], errors, t),
  }
}
