import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'

interface AskAddressPage {
  typed: TypedValues
  errors: readonly FieldError[]
  next: string | null
}

/** What begins with an address, an account or a new password, and its pages. */
export const ROUTES_OF = {
  signUp: { here: 'accounts.sign-up', action: 'accounts.request-sign-up' },
  reset: { here: 'accounts.reset', action: 'accounts.request-reset' },
} as const

type What = keyof typeof ROUTES_OF

/** View model of `accounts/ask-address.hbs`: where to mail the link that leads on. */
export function askAddressView(what: What, { typed, errors, next }: AskAddressPage, { t, url }: RequestContext) {
  const email = fieldView(
    {
      ...{ name: 'email', label: t('accounts.email'), hint: t(`accounts.${what}.emailHint`) },
      ...{ type: 'email', autocomplete: 'username', maxlength: 254 },
    },
    typed,
    errors,
    t,
  )
  return {
    title: t(`accounts.${what}.title`),
    noindex: true,
    heading: t(`accounts.${what}.heading`),
    lead: t(`accounts.${what}.lead`),
    action: url(ROUTES_OF[what].action),
    next,
    email,
    errors: errorSummaryView([email], errors, t),
    submit: t(`accounts.${what}.submit`),
    other:
      what === 'signUp'
        ? { text: t('accounts.signUp.known'), label: t('accounts.signIn.submit') }
        : { text: t('accounts.reset.remembered'), label: t('accounts.signIn.submit') },
    otherHref: url('accounts.sign-in', {}, { next: next ?? undefined }),
  }
}

/** View model of `accounts/look-into-mail.hbs`, the same whether there is an account or not. */
export function lookIntoMailView(
  what: What,
  { email, next }: { email: string | null; next: string | null },
  context: RequestContext,
) {
  const { t, url } = context
  return {
    title: t('accounts.mailed.title'),
    noindex: true,
    sentTo: email ? t('accounts.mailed.to', { email }) : t('accounts.mailed.toYou'),
    lead: t(`accounts.${what}.then`),
    againHref: url(ROUTES_OF[what].here, {}, { next: next ?? undefined }),
  }
}

/** View model of `accounts/dead-link.hbs`: a mailed link that leads nowhere, or no more. */
export function deadLinkView(what: What | 'address', { t, url, park }: RequestContext) {
  const ways = {
    signUp: { href: url('accounts.sign-up'), label: t('accounts.dead.signUp') },
    reset: { href: url('accounts.reset'), label: t('accounts.dead.reset') },
    address: { href: url('accounts.address'), label: t('accounts.dead.signUp') },
  }
  return {
    title: t('accounts.dead.title'),
    noindex: true,
    limit: t(`accounts.${what}.limit`),
    again: ways[what],
    signInHref: url('accounts.sign-in'),
    mailto: park.contacts.email ?? null,
  }
}
