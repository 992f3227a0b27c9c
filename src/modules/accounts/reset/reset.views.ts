import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView } from '../../../platform/views/models/form.js'
import { newPasswordField } from '../passwords/passwords.views.js'

interface ResetPage {
  key: string
  email: string
  errors: readonly FieldError[]
}

/** View model of `accounts/reset-link.hbs`. */
export function resetView({ key, email, errors }: ResetPage, { t, url }: RequestContext) {
  const password = newPasswordField(t('accounts.newPassword'), errors, t)
  return {
    title: t('accounts.reset.linkTitle'),
    noindex: true,
    action: url('accounts.complete-reset', { key }),
    email,
    password,
    errors: errorSummaryView([password], errors, t),
  }
}
