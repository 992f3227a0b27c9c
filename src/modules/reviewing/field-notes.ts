import type { FieldError } from '../../kernel/errors.js'
import { paragraphs } from '../../kernel/fields.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { Translate } from '../../platform/i18n/translator.js'
import { type FieldView, fieldView, type TypedValues } from '../../platform/views/models/form.js'
import type { CaseForm, CaseRow, FieldNote } from '../curation/index.js'
import { editableFields } from '../organisations/index.js'

const LONGEST = 1_000

const note = paragraphs(LONGEST)

/** The fields of a need's correction form, each with its words. */
const NEED_FIELDS: Readonly<Record<string, string>> = {
  title: 'needs.edit.name',
  problem: 'needs.edit.problem',
  services: 'needs.details.services',
  sector: 'needs.pairs.sector',
  ward: 'needs.pairs.place',
  budget: 'needs.pairs.budget',
  onSite: 'needs.pairs.onSite',
  deadline: 'needs.pairs.deadline',
  outcome: 'needs.details.outcome',
  mustHaves: 'needs.details.mustHaves',
  tools: 'needs.pairs.tools',
}

/** The fields at which a curator may leave a note: those that its sender can write in his form. */
export const notableFields = (type: CaseRow['type']): readonly string[] =>
  type === 'need' ? Object.keys(NEED_FIELDS) : editableFields(type)

export const fieldLabel = (type: CaseRow['type'], field: string, t: Translate): string =>
  t((type === 'need' && NEED_FIELDS[field]) || `curation.fields.${field}`)

/** Where the curator writes beside a field; the text belongs to the form that sends the case back. Null where he may not. */
export const noteAt =
  (type: CaseRow['type'], { typed, errors }: CaseForm, { t }: Pick<RequestContext, 't'>) =>
  (field: string): FieldView | null =>
    notableFields(type).includes(field)
      ? fieldView(
          {
            ...{ name: nameOf(field), type: 'textarea', maxlength: LONGEST, form: 'act-send-back' },
            label: t('deciding.notes.label', { field: fieldLabel(type, field, t) }),
          },
          typed,
          errors,
          t,
        )
      : null

/** What the curator wrote at the fields, in the order of the form; blank ones are none. */
export function readFieldNotes(
  type: CaseRow['type'],
  typed: TypedValues,
): { ok: true; notes: FieldNote[] } | { ok: false; errors: FieldError[] } {
  const read = notableFields(type).map((field) => ({ field, result: note.safeParse(typed[nameOf(field)] ?? '') }))
  const wrong = read.filter(({ result }) => !result.success)
  if (wrong.length > 0) {
    const params = { maximum: LONGEST }
    return { ok: false, errors: wrong.map(({ field }) => ({ field: nameOf(field), code: 'tooLong', params })) }
  }
  return { ok: true, notes: read.flatMap(({ field, result }) => (result.data ? [{ field, note: result.data }] : [])) }
}

/** The notes as lines of a mail, each with its field's name. */
export const notesInWords = (type: CaseRow['type'], notes: readonly FieldNote[], t: Translate): string =>
  notes.map(({ field, note: said }) => `– ${fieldLabel(type, field, t)}: ${said}`).join('\n')

const nameOf = (field: string) => `note.${field}`
