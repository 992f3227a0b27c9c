import { LANGUAGES, type LocalText, type ShownText } from '../../kernel/text.js'
import type { RequestContext, Wording } from '../../platform/http/context.js'
import type { FieldChange } from '../../platform/records/compare-fields.js'
import { type FieldChangesView, fieldChangesView } from '../../platform/views/models/field-changes.js'
import type { FieldView } from '../../platform/views/models/form.js'
import type { TaxonomyView } from '../taxonomy/index.js'

/** What fields are told in words with. */
export interface ReviewWords {
  context: Wording
  taxonomy: TaxonomyView
}

/** A text in both its languages. */
export const inBoth = (text: LocalText | undefined): ShownText[] =>
  LANGUAGES.flatMap((lang) => (text?.[lang] ? [{ text: text[lang], lang }] : []))

/** Lines in the reader's own language; empty ones are left out. */
export const plain = (
  { lang }: Pick<Wording, 'lang'>,
  ...lines: readonly (string | number | undefined)[]
): ShownText[] => lines.flatMap((one) => (one === undefined || one === '' ? [] : [{ text: String(one), lang }]))

/** What is asked for beside what everybody sees today. */
export const changesView = (
  changes: readonly FieldChange[],
  context: RequestContext,
  noteAt?: (field: string) => FieldView | null,
): FieldChangesView =>
  fieldChangesView(
    changes,
    { before: context.t('curation.case.before'), after: context.t('curation.case.after') },
    context,
    noteAt && { noteAt },
  )
