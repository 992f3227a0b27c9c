import type { FieldError } from '../../../kernel/errors.js'
import { consentText, textVersion } from '../../../kernel/purposes.js'
import { pickText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import { NAME_LENGTH } from '../signing-up/sign-up.schemas.js'

interface NewcomerPage {
  email: string
  service: string
  typed: TypedValues
  errors: readonly FieldError[]
}

/** View model of `accounts/newcomer.hbs`: the last step before an account of somebody the service has vouched for. */
export function newcomerView({ email, service, typed, errors }: NewcomerPage, { t, url, park, lang }: RequestContext) {
  const name = fieldView(
    { name: 'name', label: t('openid.new.name'), autocomplete: 'name', maxlength: NAME_LENGTH },
    typed,
    errors,
    t,
  )
  const parkName = pickText(park.name, lang)?.text ?? ''
  const label = t(consentText('account', textVersion('account')), { park: parkName })
  const consent = fieldView({ name: 'consent', label, type: 'checkbox' }, typed, errors, t)
  // The list of errors names the box by a word, not by all that it says.
  const named = { ...consent, label: t('openid.new.consentName') }
  return {
    title: t('openid.new.title'),
    noindex: true,
    lead: t('openid.new.lead', { service }),
    action: url('accounts.open-id-join'),
    email,
    name,
    consent,
    privacyHref: url('privacy'),
    errors: errorSummaryView([name, named], errors, t),
  }
}
