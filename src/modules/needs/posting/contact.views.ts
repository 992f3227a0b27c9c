import { consentText } from '../../../kernel/purposes.js'
import { pickText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { type FieldSpec, type FieldView, fieldView } from '../../../platform/views/models/form.js'
import type { NeedDetails } from '../needs.details.views.js'
import { CONSENT_VERSION } from './consent.js'
import { type Draft, titleFrom } from './drafts.rules.js'
import { LENGTHS } from './steps.schemas.js'
import { type FormState, stepFrame } from './steps.views.js'

export interface ContactPage extends FormState {
  draftId: string
  draft: Draft
  /** What was written in the steps before, to be looked over. */
  details: NeedDetails
}

/** View model of `needs/new/contact.hbs`: what to call the need, where to write to, and the consent. */
export function contactView({ typed, errors, draftId, draft, details }: ContactPage, context: RequestContext) {
  const { t } = context
  const field = (spec: FieldSpec) => fieldView(spec, typed, errors, t)
  const fields = [
    field({
      name: 'title',
      label: t('needs.new.contact.name'),
      hint: t('needs.new.contact.nameHint'),
      maxlength: LENGTHS.title,
    }),
    field({
      name: 'email',
      label: t('needs.new.contact.email'),
      hint: t('needs.new.contact.emailHint'),
      type: 'email',
      autocomplete: 'email',
    }),
    field({
      name: 'name',
      label: t('needs.new.contact.person'),
      hint: t('needs.new.contact.personHint'),
      required: false,
      maxlength: LENGTHS.name,
      autocomplete: 'name',
    }),
  ]
  const park = pickText(context.park.name, context.lang)?.text ?? ''
  const consent = field({
    name: 'consent',
    label: t(consentText('guest-need', CONSENT_VERSION), { park }),
    type: 'checkbox',
  })
  return {
    ...contactFrame({ typed, errors, draftId, draft, details }, fields, consent, context),
    heading: t('needs.new.contact.heading'),
    /** Under whose name it goes; a guest has just said. */
    as: null,
  }
}

/** What both forms of the last step have around their fields. */
export function contactFrame(
  { errors, draftId, draft, details }: ContactPage,
  fields: FieldView[],
  consent: FieldView,
  context: RequestContext,
) {
  // The list of errors names the box by a word, not by all that it says.
  const named = { ...consent, label: context.t('needs.new.contact.consentName') }
  return {
    ...stepFrame('contact', draftId, context, { fields: [...fields, named], errors }),
    fields,
    consent,
    privacyHref: context.url('privacy'),
    details,
    editHref: context.url('needs.step', { draft: draftId, step: 'details' }),
    text: draft.problem.problem,
  }
}

export const typedContact = ({ problem }: Draft) => ({ title: titleFrom(problem.problem) })
