import type { Lang } from '../../../kernel/text.js'
import type { Translate } from '../../i18n/translator.js'
import type { ComparedValue, FieldChange } from '../../records/compare-fields.js'
import type { FieldView } from './form.js'

/** View model of `partials/field-changes.hbs`. */
export interface FieldChangesView {
  changes: {
    /** Names the field's heading; unique on the page. */
    id: string
    label: string
    /** Where a note is written at this field; null where none is. */
    note: FieldView | null
    sides: { side: 'before' | 'after'; label: string; values: ValueView[] }[]
  }[]
}

interface ValueView {
  /** Null in the reader's own language. */
  lang: Lang | null
  stretches: { text: string; gone: boolean; come: boolean }[]
}

interface FieldChangesOptions {
  /** Tells several comparisons on one page apart. */
  prefix?: string
  noteAt?: (field: string) => FieldView | null
}

/** Fields that differ, side by side. `labels` say whose the two sides are. */
export function fieldChangesView(
  changes: readonly FieldChange[],
  labels: Record<'before' | 'after', string>,
  { lang }: { lang: Lang; t: Translate },
  { prefix = 'change', noteAt = () => null }: FieldChangesOptions = {},
): FieldChangesView {
  const valueView = (value: ComparedValue): ValueView => ({
    lang: value.lang === lang ? null : value.lang,
    stretches: value.stretches.map(({ kind, text }) => ({ text, gone: kind === 'gone', come: kind === 'come' })),
  })
  return {
    changes: changes.map(({ field, label, ...values }) => ({
      id: `${prefix}-${field.replace(/[^\w-]/g, '-')}`,
      label,
      note: noteAt(field),
      sides: (['before', 'after'] as const).map((side) => ({
        ...{ side, label: labels[side] },
        values: values[side].map(valueView),
      })),
    })),
  }
}
