import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'

interface AddressPage {
  typed: TypedValues
  errors: readonly FieldError[]
}

/** View model of `accounts/address.hbs`. */
export function addressView({ typed, errors }: AddressPage, { t, url, viewer }: RequestContext) {
  const email = fieldView(
    {
      ...{ name: 'email', label: t('accounts.address.new'), hint: t('accounts.address.newHint') },
      ...{ type: 'email', autocomplete: 'email', maxlength: 254 },
    },
    typed,
    errors,
    t,
  )
  const title = t('accounts.address.title')
  return {
    title,
    noindex: true,
    crumbs: { links: [{ href: url('accounts.show'), label: t('accounts.show.title') }], here: title },
    lead: t('accounts.address.lead', { email: viewer?.email ?? '' }),
    action: url('accounts.change-address'),
    email,
    errors: errorSummaryView([email], errors, t),
  }
}

/** View model of `accounts/address-link.hbs`. */
export const addressLinkView = ({ key, email }: { key: string; email: string }, { t, url }: RequestContext) => ({
  title: t('accounts.address.linkTitle'),
  noindex: true,
  lead: t('accounts.address.linkLead', { email }),
  action: url('accounts.confirm-address', { key }),
})
