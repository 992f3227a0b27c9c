import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, type TypedValues } from '../../../platform/views/models/form.js'
import { type NeedRecord, shown } from '../../needs/index.js'
import type { ProviderRecord } from '../../providers/index.js'
import { contentOf } from '../introductions.parties.js'
import { LENGTHS } from '../introductions.schemas.js'
import type { BeginRefusal } from '../new-introductions.service.js'
import { firmName } from '../showing/card.views.js'
import { consentField, formFields } from '../showing/fields.js'

export interface OfferForm {
  typed: TypedValues
  errors: readonly FieldError[]
  refusal: BeginRefusal | null
}

/** View model of `introductions/offer.hbs`. */
export function offerView(
  { need, firms, typed, errors, refusal }: OfferForm & { need: NeedRecord; firms: readonly ProviderRecord[] },
  context: RequestContext,
) {
  const { t, url, lang } = context
  const field = formFields(typed, errors, t)
  const [only] = firms
  const which = field({
    ...{ name: 'provider', type: 'choices', label: t('introductions.offer.which') },
    options: firms.map((firm) => ({ value: firm.id, label: firmName({ firm }, lang).text })),
  })
  const message = field({
    ...{ name: 'message', type: 'textarea', required: false, maxlength: LENGTHS.message },
    ...{ label: t('introductions.offer.message'), hint: t('introductions.offer.messageHint') },
  })
  const consent = consentField(field, context)
  const title = t('introductions.offer.title')
  const content = contentOf(need)
  const page = url('needs.show', { slug: need.slug })
  return {
    title: errors.length > 0 ? t('needs.new.wrong', { title }) : title,
    noindex: true,
    heading: title,
    crumbs: { links: [{ href: page, label: content ? shown(content.title, context).text : '' }], here: title },
    need: content ? shown(content.title, context) : null,
    refusal: refusal && t(`introductions.refusals.offer.${refusal}`),
    errors: errorSummaryView([which, message, { ...consent, label: t('needs.new.contact.consentName') }], errors, t),
    /** Of somebody with one firm nobody asks which. */
    only: firms.length === 1 && only ? { id: only.id, name: firmName({ firm: only }, lang) } : null,
    which,
    fields: [message, consent],
    action: url('needs.send-offer', { slug: need.slug }),
    privacyHref: url('privacy'),
  }
}
