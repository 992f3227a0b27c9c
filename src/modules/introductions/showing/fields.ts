import type { FieldError } from '../../../kernel/errors.js'
import { consentText, textVersion } from '../../../kernel/purposes.js'
import { pickText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { type FieldSpec, type FieldView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'

type MakeField = (spec: FieldSpec) => FieldView

/** The fields of one form, with what was typed and what was wrong. */
export const formFields =
  (typed: TypedValues, errors: readonly FieldError[], t: RequestContext['t']): MakeField =>
  (spec) =>
    fieldView(spec, typed, errors, t)

/** That the other side may see how to reach one; never ticked beforehand, also not after a mistake elsewhere. */
export function consentField(field: MakeField, { t, park, lang }: RequestContext): FieldView {
  const label = t(consentText('introduction', textVersion('introduction')), {
    park: pickText(park.name, lang)?.text ?? '',
  })
  return { ...field({ name: 'consent', type: 'checkbox', label }), checked: false }
}
