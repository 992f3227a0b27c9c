import { consentText } from '../../../kernel/purposes.js'
import { pickText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { type FieldSpec, fieldView } from '../../../platform/views/models/form.js'
import { CONSENT_VERSION } from './consent.js'
import { type ContactPage, contactFrame } from './contact.views.js'
import { LENGTHS } from './steps.schemas.js'

interface OwnContactPage extends ContactPage {
  /** Those he looks after. */
  businesses: readonly { value: string; label: string }[]
}

/** View model of `needs/new/contact.hbs` for somebody signed in: his address is known, his businesses are offered. */
export function ownContactView({ businesses, ...page }: OwnContactPage, context: RequestContext) {
  const { t, viewer } = context
  const field = (spec: FieldSpec) => fieldView(spec, page.typed, page.errors, t)
  const title = field({
    ...{ name: 'title', label: t('needs.new.contact.name'), hint: t('needs.new.contact.nameHint') },
    maxlength: LENGTHS.title,
  })
  const business = field({
    ...{ name: 'business', label: t('needs.new.contact.business'), hint: t('needs.new.contact.businessHint') },
    ...{ type: 'select', required: false },
    options: [{ value: '', label: t('needs.new.contact.noBusiness') }, ...businesses],
  })
  const park = pickText(context.park.name, context.lang)?.text ?? ''
  const consent = field({
    ...{ name: 'consent', type: 'checkbox' },
    label: t(consentText('guest-need', CONSENT_VERSION), { park }),
  })
  const fields = businesses.length > 0 ? [title, business] : [title]
  const who = { name: viewer?.name ?? '', email: viewer?.email ?? '' }
  return {
    ...contactFrame(page, fields, consent, context),
    heading: t('needs.new.contact.ownHeading'),
    as: viewer?.name ? t('needs.new.contact.as', who) : t('needs.new.contact.asAddress', { email: who.email }),
  }
}
