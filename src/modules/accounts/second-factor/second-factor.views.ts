import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import type { Translate } from '../../../platform/i18n/translator.js'
import { errorSummaryView, fieldView } from '../../../platform/views/models/form.js'
import { codeField } from './code.views.js'
import type { SecondFactorState } from './second-factor.service.js'
import { inGroups, uriOf } from './totp.rules.js'

interface Proposal {
  /** Base32. */
  secret: string
  errors: readonly FieldError[]
  next: string | null
  /** Whether the password is asked, so that nobody else sets a factor up on a browser left open. */
  asksPassword: boolean
}

/** View model of `accounts/second-factor.hbs`. */
export function proposalView({ secret, errors, next, asksPassword }: Proposal, { t, url, viewer }: RequestContext) {
  const code = codeField(t('security.secondFactor.code'), t('security.secondFactor.codeHint'), errors, t)
  const himself = asksPassword ? passwordField(errors, t) : null
  return {
    title: t('security.secondFactor.title'),
    noindex: true,
    lead: t(viewer?.awaits ? 'security.secondFactor.mustLead' : 'security.secondFactor.lead'),
    uri: uriOf(secret, { issuer: t('common.product.name'), account: viewer?.email ?? '' }),
    secret: inGroups(secret),
    action: url('second-factor.confirm'),
    next,
    himself,
    code,
    errors: errorSummaryView(himself ? [himself, code] : [code], errors, t),
  }
}

const passwordField = (errors: readonly FieldError[], t: Translate) =>
  fieldView(
    { name: 'himself', label: t('security.secondFactor.himself'), type: 'password', autocomplete: 'current-password' },
    {},
    errors,
    t,
  )

/** View model of `accounts/second-factor-on.hbs`. */
export function stateView(state: SecondFactorState, errors: readonly FieldError[], { t, url }: RequestContext) {
  const himself = state.hasPassword
    ? passwordField(errors, t)
    : codeField(t('security.code.field'), t('security.code.hint'), errors, t, 'himself')
  return {
    title: t('security.secondFactor.title'),
    noindex: true,
    since: state.since,
    codesLeft: t('security.secondFactor.codesLeft', { count: state.recoveryCodesLeft }),
    himself,
    renewAction: url('second-factor.renew'),
    removeAction: state.optional ? url('second-factor.remove') : null,
    errors: errorSummaryView([himself], errors, t),
  }
}

/** View model of `accounts/recovery-codes.hbs`. */
export function codesView(codes: readonly string[], next: string | null, { t, url }: RequestContext) {
  return {
    title: t('security.recovery.title'),
    noindex: true,
    codes: [...codes],
    fileHref: url('second-factor.file'),
    action: url('second-factor.kept'),
    next,
  }
}

/** The same as a file to keep. */
export const codesFile = (codes: readonly string[], { t, viewer }: RequestContext): string =>
  `${t('security.recovery.file', { email: viewer?.email ?? '' })}\r\n\r\n${codes.join('\r\n')}\r\n`
