import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView } from '../../../platform/views/models/form.js'

interface CodePage {
  errors: readonly FieldError[]
  next: string | null
}

/** View model of `accounts/code.hbs`. What was typed as a code is never sent back. */
export function codeView({ errors, next }: CodePage, { t, url, viewer }: RequestContext) {
  const code = codeField(t('security.code.field'), t('security.code.hint'), errors, t)
  return {
    title: t('security.code.title'),
    noindex: true,
    who: t('security.code.who', { email: viewer?.email ?? '' }),
    action: url('accounts.give-code'),
    signOutAction: url('accounts.sign-out'),
    next,
    code,
    errors: errorSummaryView([code], errors, t),
  }
}

/** The field for a code: phones show digits first and offer what an app or a message brings. */
export const codeField = (
  label: string,
  hint: string,
  errors: readonly FieldError[],
  t: RequestContext['t'],
  name = 'code',
) => fieldView({ name, label, hint, autocomplete: 'one-time-code', maxlength: 40 }, {}, errors, t)
