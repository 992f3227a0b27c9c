import type { Lang } from '../../../kernel/text.js'
import type { Translate } from '../../i18n/translator.js'
import type { ComparedValue, FieldChange } from '../../records/compare-fields.js'
import type { Stretch } from '../../records/compare-texts.js'
import type { FieldView } from './form.js'

/** View model of `partials/field-changes.hbs`. */
export interface FieldChangesView {
  changes: {
    /** Names the field's heading; unique on the page. */
    id: string
    label: string
    /** Where a note is written at this field; null where none is. */
    note: FieldView | null
    sides: SideView[]
    /** The same sides in full, where much of them is unchanged and left out above; else null. */
    whole: SideView[] | null
  }[]
}

interface SideView {
  side: 'before' | 'after'
  label: string
  values: ValueView[]
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
  const valueView = (value: ComparedValue, abridge: boolean): ValueView => ({
    lang: value.lang === lang ? null : value.lang,
    stretches: (abridge ? abridged(value.stretches) : value.stretches).map(({ kind, text }) => ({
      ...{ text, gone: kind === 'gone', come: kind === 'come' },
    })),
  })
  const sidesOf = (values: Pick<FieldChange, 'before' | 'after'>, abridge: boolean) =>
    (['before', 'after'] as const).map((side) => ({
      ...{ side, label: labels[side] },
      values: values[side].map((value) => valueView(value, abridge)),
    }))
  return {
    changes: changes.map(({ field, label, ...values }) => ({
      id: `${prefix}-${field.replace(/[^\w-]/g, '-')}`,
      label,
      note: noteAt(field),
      sides: sidesOf(values, true),
      whole: [...values.before, ...values.after].some(isAbridged) ? sidesOf(values, false) : null,
    })),
  }
}

/** Of a long stretch that did not change so many characters stay on the side of each change. */
const CONTEXT = 120

function abridged(stretches: readonly Stretch[]): Stretch[] {
  return stretches.map((one, i) => {
    if (!isLong(one)) return one
    const head = i > 0 || stretches.length === 1 ? one.text.slice(0, CONTEXT).replace(/\S*$/u, '') : ''
    const tail = i < stretches.length - 1 ? one.text.slice(-CONTEXT).replace(/^\S*/u, '') : ''
    return { ...one, text: `${head}…${tail}` }
  })
}

const isLong = ({ kind, text }: Stretch) => kind === 'same' && text.length > 3 * CONTEXT

const isAbridged = ({ stretches }: ComparedValue) => stretches.some(isLong)
