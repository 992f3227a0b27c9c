import type { Translate } from '../../../platform/i18n/translator.js'
import { type FieldView, withNote } from '../../../platform/views/models/form.js'
import type { CaseRow, FieldNote } from '../../curation/index.js'
import type { Part } from '../forms/parts.views.js'
import type { Organisation } from '../organisation.types.js'
import { listingState } from '../state.rules.js'

/** What curators wrote at the fields of what was sent back to its people; none once it was sent anew. */
export const notesOn = ({ record }: Organisation, last: CaseRow | null): readonly FieldNote[] =>
  listingState(record, last).endsWith('sent-back') ? (last?.fieldNotes ?? []) : []

/** Notes with their fields' names, for where the fields themselves are not in sight. */
export const notesWithNames = (notes: readonly FieldNote[], t: Translate) =>
  notes.map(({ field, note }) => ({ label: t(`curation.fields.${field}`), note }))

/** A form with each note at its field; those that have no place there are left. */
export function withNotes(parts: readonly Part[], notes: readonly FieldNote[]): { parts: Part[]; left: FieldNote[] } {
  const left = [...notes]
  const take = (belongs: (field: string) => boolean): string | null => {
    const at = left.findIndex(({ field }) => belongs(field))
    return at < 0 ? null : (left.splice(at, 1)[0]?.note ?? null)
  }
  const noted = (view: FieldView): FieldView => {
    const note = take((field) => view.name === field || view.name.startsWith(`${field}.`))
    return note === null ? view : withNote(view, note)
  }
  return {
    parts: parts.map((part): Part => {
      if (part.kind === 'field' || part.kind === 'choices') return { ...part, field: noted(part.field) }
      if (part.kind === 'texts') return { ...part, vi: noted(part.vi) }
      if (part.kind === 'pair') return { ...part, fields: part.fields.map(noted) }
      return { ...part, note: take((field) => field === part.name) }
    }),
    left,
  }
}
