import type { FieldError } from '../../kernel/errors.js'
import { line } from '../../kernel/fields.js'
import type { RequestContext } from '../../platform/http/context.js'
import { fieldView, type TypedValues } from '../../platform/views/models/form.js'
import type { CaseActionView, CaseForm } from '../curation/index.js'

const LONGEST_NOTE = 2_000

const note = line(LONGEST_NOTE, 1)

/** What the curator writes to who waits, or what is wrong with it. */
export function readNote({
  note: typed,
}: TypedValues): { ok: true; note: string } | { ok: false; errors: FieldError[] } {
  const read = note.safeParse(typed)
  if (read.success) return { ok: true, note: read.data }
  const [issue] = read.error.issues
  const code = issue?.message === 'tooLong' ? 'tooLong' : 'required'
  return { ok: false, errors: [{ field: 'note', code, params: { maximum: LONGEST_NOTE } }] }
}

/** Where the curator writes. */
export const noteField = ({ typed, errors }: CaseForm, { t }: RequestContext, label = t('curation.note')) =>
  fieldView({ name: 'note', label, type: 'textarea', maxlength: LONGEST_NOTE }, typed, errors, t)

/** The form that says no, or not yet, with words to who waits. `kind` names its texts in the catalogue. */
export function sendBackAction(kind: string, form: CaseForm, context: RequestContext): CaseActionView {
  const { t } = context
  return {
    name: 'send-back',
    heading: t(`curation.sendBack.${kind}.heading`),
    hint: t(`curation.sendBack.${kind}.hint`),
    submit: t(`curation.sendBack.${kind}.submit`),
    fields: [noteField(form, context)],
    primary: false,
    together: ['note'],
  }
}

/** The form that says yes. */
export function approveAction(
  kind: string,
  { t }: RequestContext,
  fields: CaseActionView['fields'] = [],
): CaseActionView {
  return {
    name: 'approve',
    heading: t(`curation.approve.${kind}.heading`),
    hint: t(`curation.approve.${kind}.hint`),
    submit: t(`curation.approve.${kind}.submit`),
    fields,
    primary: true,
    together: [],
  }
}
