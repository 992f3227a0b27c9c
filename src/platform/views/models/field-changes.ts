import type { Lang } from '../../../kernel/text.js'
import type { Translate } from '../../i18n/translator.js'
import type { ComparedValue, FieldChange } from '../../records/compare-fields.js'

/** View model of `partials/field-changes.hbs`. */
export interface FieldChangesView {
  changes: {
    /** Names the field's heading; unique on the page. */
    id: string
    label: string
    sides: { side: 'before' | 'after'; label: string; values: ValueView[] }[]
  }[]
}

interface ValueView {
  /** Null in the reader's own language. */
  lang: Lang | null
  stretches: { text: string; gone: boolean; come: boolean }[]
}

/** Fields that differ, side by side. `labels` say whose the two sides are; `prefix` tells several on one page apart. */
export function fieldChangesView(
  changes: readonly FieldChange[],
  labels: Record<'before' | 'after', string>,
  { lang }: { lang: Lang; t: Translate },
  prefix = 'change',
): FieldChangesView {
  const valueView = (value: ComparedValue): ValueView => ({
    lang: value.lang === lang ? null : value.lang,
    stretches: value.stretches.map(({ kind, text }) => ({ text, gone: kind === 'gone', come: kind === 'come' })),
  })
  return {
    changes: changes.map(({ field, label, ...values }) => ({
      id: `${prefix}-${field.replace(/[^\w-]/g, '-')}`,
      label,
      sides: (['before', 'after'] as const).map((side) => ({
        ...{ side, label: labels[side] },
        values: values[side].map(valueView),
      })),
    })),
  }
}
