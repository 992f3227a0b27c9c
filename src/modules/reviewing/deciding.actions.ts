import type { FieldError } from '../../kernel/errors.js'
import { line } from '../../kernel/fields.js'
import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { type FieldView, fieldView, type TypedValues } from '../../platform/views/models/form.js'
import type { CaseActionView, CaseForm, CaseRow, FieldNote } from '../curation/index.js'
import type { ReasonRow } from '../reasons/index.js'
import { readFieldNotes } from './field-notes.js'

const LONGEST_NOTE = 2_000

const note = line(LONGEST_NOTE, 1)

type Read<T> = ({ ok: true } & T) | { ok: false; errors: FieldError[] }

/** What the curator writes to who waits, or what is wrong with it. */
export function readNote({ note: typed }: TypedValues): Read<{ note: string }> {
  const read = note.safeParse(typed)
  if (read.success) return { ok: true, note: read.data }
  const [issue] = read.error.issues
  const code = issue?.message === 'tooLong' ? 'tooLong' : 'required'
  return { ok: false, errors: [{ field: 'note', code, params: { maximum: LONGEST_NOTE } }] }
}

/** The same where it may be left out. */
export function readAnyNote(typed: TypedValues): Read<{ note: string | null }> {
  const blank = typeof typed.note !== 'string' || typed.note.trim() === ''
  return blank ? { ok: true, note: null } : readNote(typed)
}

/** A note on the whole, notes at the fields, or both. */
export function readNotes(
  type: CaseRow['type'],
  typed: TypedValues,
): Read<{ note: string | null; fieldNotes: FieldNote[] }> {
  const fields = readFieldNotes(type, typed)
  const whole = fields.ok && fields.notes.length > 0 ? readAnyNote(typed) : readNote(typed)
  if (fields.ok && whole.ok) return { ok: true, note: whole.note, fieldNotes: fields.notes }
  return { ok: false, errors: [...(whole.ok ? [] : whole.errors), ...(fields.ok ? [] : fields.errors)] }
}

/** A reason of the list, and what the curator adds to it. */
export function readRejection(
  typed: TypedValues,
  reasons: readonly ReasonRow[],
): Read<{ reason: ReasonRow; note: string | null }> {
  const reason = reasons.find(({ _id }) => _id === typed.reason)
  const said = readAnyNote({ note: typed.added })
  if (reason && said.ok) return { ok: true, reason, note: said.note }
  return {
    ok: false,
    errors: [
      ...(reason ? [] : [{ field: 'reason', code: 'choice' }]),
      ...(said.ok ? [] : said.errors.map((error) => ({ ...error, field: 'added' }))),
    ],
  }
}

/** Where the curator writes. */
export const noteField = ({ typed, errors }: CaseForm, { t }: RequestContext, label = t('curation.note')) =>
  fieldView({ name: 'note', label, type: 'textarea', maxlength: LONGEST_NOTE }, typed, errors, t)

/** The form that says not yet, with words to who waits. `kind` names its texts in the catalogue; `others` are notes at fields that are not in sight. */
export function sendBackAction(
  kind: string,
  form: CaseForm,
  context: RequestContext,
  others: readonly FieldView[] = [],
): CaseActionView {
  const { t } = context
  return {
    name: 'send-back',
    heading: t(`curation.sendBack.${kind}.heading`),
    hint: t(`curation.sendBack.${kind}.hint`),
    submit: t(`curation.sendBack.${kind}.submit`),
    fields: [noteField(form, context)],
    ...(others.length > 0 && { more: { label: t('deciding.notes.others'), fields: others } }),
    primary: false,
    together: ['note'],
  }
}

/** The form that says no, for a reason of the list; null where the park has none to choose from. */
export function rejectAction(
  kind: string,
  reasons: readonly ReasonRow[],
  { typed, errors }: CaseForm,
  { t, lang }: RequestContext,
): CaseActionView | null {
  if (reasons.length === 0) return null
  const options = reasons.map(({ _id, text }) => ({ value: _id, label: pickText(text, lang)?.text ?? _id }))
  const choose = { value: '', label: t('deciding.reject.choose') }
  const added = { name: 'added', label: t('deciding.reject.note'), type: 'textarea', required: false } as const
  return {
    name: 'reject',
    heading: t('deciding.reject.heading'),
    hint: t(`deciding.reject.hint.${kind}`),
    submit: t('deciding.reject.submit'),
    fields: [
      fieldView(
        { name: 'reason', label: t('deciding.reject.reason'), type: 'select', options: [choose, ...options] },
        typed,
        errors,
        t,
      ),
      fieldView({ ...added, maxlength: LONGEST_NOTE }, typed, errors, t),
    ],
    primary: false,
    together: ['reason', 'added'],
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
