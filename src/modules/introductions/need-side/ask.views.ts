import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, type TypedValues } from '../../../platform/views/models/form.js'
import { shown } from '../../needs/index.js'
import type { ProviderRecord } from '../../providers/index.js'
import { contentOf } from '../introductions.parties.js'
import { LENGTHS } from '../introductions.schemas.js'
import type { BeginRefusal } from '../new-introductions.service.js'
import { firmName } from '../showing/card.views.js'
import { consentField, formFields } from '../showing/fields.js'
import type { OwnPlace } from './own-need.place.js'

export interface AskForm {
  typed: TypedValues
  errors: readonly FieldError[]
  refusal: BeginRefusal | null
}

/** View model of `introductions/ask.hbs`. */
export function askView(
  { place, firm, typed, errors, refusal }: AskForm & { place: OwnPlace; firm: ProviderRecord },
  context: RequestContext,
) {
  const { t, url } = context
  const name = firmName({ firm }, context.lang)
  const content = contentOf(place.need)
  const field = formFields(typed, errors, t)
  const message = field({
    ...{ name: 'message', type: 'textarea', required: false, maxlength: LENGTHS.message },
    ...{ label: t('introductions.ask.message'), hint: t('introductions.ask.messageHint') },
  })
  const phone = field({
    ...{ name: 'phone', type: 'tel', required: false, autocomplete: 'tel' },
    ...{ label: t('introductions.ask.phone'), hint: t('introductions.ask.phoneHint') },
  })
  const consent = consentField(field, context)
  const title = t('introductions.ask.title', { firm: name.text })
  return {
    title: errors.length > 0 ? t('needs.new.wrong', { title }) : title,
    noindex: true,
    heading: title,
    crumbs: { links: [{ href: place.page, label: t('needs.follow.title') }], here: t('introductions.ask.link') },
    need: content ? shown(content.title, context) : null,
    refusal: refusal && t(`introductions.refusals.${refusal}`),
    errors: errorSummaryView([message, phone, { ...consent, label: t('needs.new.contact.consentName') }], errors, t),
    fields: [message, phone, consent],
    action: place.ask(firm.slug),
    privacyHref: url('privacy'),
    firmHref: url('providers.show', { slug: firm.slug }),
  }
}
