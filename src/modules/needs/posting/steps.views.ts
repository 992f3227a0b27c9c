import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import {
  type ErrorSummaryView,
  errorSummaryView,
  type FieldView,
  type TypedValues,
} from '../../../platform/views/models/form.js'
import { STEPS, type Step } from './steps.schemas.js'

/** A form as it is shown: what stands in it, and what was wrong when it was sent. */
export interface FormState {
  typed: TypedValues
  errors: readonly FieldError[]
}

/** What all three steps have around their fields. */
export interface StepFrame {
  title: string
  noindex: boolean
  /** "Bước 1 trên 3" */
  position: string
  steps: readonly { label: string; state: 'done' | 'current' | 'ahead' }[]
  /** The step before, with what was written there. */
  backHref: string | null
  action: string
  errors: ErrorSummaryView | null
}

/** The frame of a step; `draftId` is null while there is no draft yet. */
export function stepFrame(
  step: Step,
  draftId: string | null,
  context: RequestContext,
  { fields, errors }: { fields: readonly FieldView[]; errors: readonly FieldError[] },
): StepFrame {
  const { t } = context
  const at = STEPS.indexOf(step)
  const title = t('needs.new.title', { step: t(`needs.new.steps.${step}`) })
  const before = STEPS[at - 1]
  return {
    title: errors.length > 0 ? t('needs.new.wrong', { title }) : title,
    noindex: draftId !== null,
    position: t('needs.new.position', { step: at + 1, steps: STEPS.length }),
    steps: STEPS.map((one, index) => ({
      label: t(`needs.new.steps.${one}`),
      state: index < at ? 'done' : index === at ? 'current' : 'ahead',
    })),
    backHref: draftId && before ? context.url('needs.step', { draft: draftId, step: before }) : null,
    action: draftId ? context.url('needs.save', { draft: draftId, step }) : context.url('needs.start'),
    errors: errorSummaryView(fields, errors, t),
  }
}
