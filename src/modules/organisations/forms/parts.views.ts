import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { type FieldSpec, type FieldView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'

/** A form as it is shown: what stands in it, and what was wrong when it was sent. */
export interface FormState {
  typed: TypedValues
  errors: readonly FieldError[]
}

export interface ChoiceGroup {
  /** Null where the choices are one group alone. */
  name: string | null
  /** "đang chọn 2" */
  chosen: string | null
  open: boolean
  options: FieldView['options']
}

/** A text in Vietnamese, with its English behind one click until there is some. */
interface TextsPart {
  vi: FieldView
  en: FieldView
  open: boolean
}

/** A piece of a form. View model of `organisations/_part.hbs`. */
export type Part =
  | { kind: 'field'; field: FieldView }
  | ({ kind: 'texts' } & TextsPart)
  /** Short fields side by side: from and to. */
  | { kind: 'pair'; legend: string; hint: string | null; fields: readonly FieldView[] }
  | { kind: 'choices'; field: FieldView; groups: readonly ChoiceGroup[] }
  /** As many texts as somebody likes; a button of the form adds a row. */
  /** `note`: what a curator wrote at all of it. */
  | {
      kind: 'rows'
      legend: string
      hint: string | null
      note: string | null
      rows: readonly TextsPart[]
      add: string | null
      name: string
    }

export interface ChoiceSpec {
  name: string
  label: string
  hint?: string
  groups: readonly { name: string | null; options: readonly { value: string; label: string }[] }[]
  /** Shown at once, not behind the group's name. */
  open?: boolean
}

export interface RowsSpec {
  name: string
  label: string
  hint?: string
  /** What one row is called: "Điểm 1". */
  row(number: number): string
  maxlength: number
  most: number
  /** How many rows to offer beside those filled in. */
  spare: number
}

/** Makes the pieces of one form. */
export interface Parts {
  field(spec: FieldSpec): Part
  texts(spec: FieldSpec): Part
  pair(legend: string, specs: readonly FieldSpec[], hint?: string): Part
  choices(spec: ChoiceSpec): Part
  rows(spec: RowsSpec): Part
}

export function partsFor({ typed, errors }: FormState, { t }: RequestContext): Parts {
  const view = (spec: FieldSpec) => fieldView(spec, typed, errors, t)
  const inBoth = ({ name, label, hint, ...spec }: FieldSpec): TextsPart => {
    const vi = view({ ...spec, name: `${name}.vi`, label, ...(hint && { hint }) })
    const en = view({
      ...spec,
      name: `${name}.en`,
      label: t('organisations.form.inEnglish', { label }),
      // That it may be left out is said by its standing behind a click.
      required: true,
    })
    return { vi, en, open: en.value !== '' || en.error !== null }
  }
  return {
    field: (spec) => ({ kind: 'field', field: view(spec) }),
    texts: (spec) => ({ kind: 'texts', ...inBoth(spec) }),
    pair: (legend, specs, hint) => ({ kind: 'pair', legend, hint: hint ?? null, fields: specs.map(view) }),
    choices: ({ groups, open = false, ...spec }) => {
      const options = groups.flatMap((group) => group.options)
      const field = view({ ...spec, type: 'choices', multiple: true, options })
      let at = 0
      return {
        kind: 'choices',
        field,
        groups: groups.map((group) => {
          const own = field.options.slice(at, at + group.options.length)
          at += group.options.length
          const count = own.filter(({ checked }) => checked).length
          return {
            name: group.name,
            chosen: count > 0 ? t('common.filters.chosen', { count }) : null,
            open: open || count > 0 || field.error !== null,
            options: own,
          }
        }),
      }
    },
    rows: ({ name, label, hint, row, maxlength, most, spare }) => {
      const filled = Object.keys(typed).flatMap((key) => new RegExp(`^${name}\\.(\\d{1,2})\\.`).exec(key)?.[1] ?? [])
      const count = Math.min(most, new Set(filled).size + spare)
      return {
        kind: 'rows',
        name,
        legend: label,
        hint: hint ?? null,
        note: null,
        rows: Array.from({ length: count }, (_, i) => inBoth({ name: `${name}.${i}`, label: row(i + 1), maxlength })),
        add: count < most ? name : null,
      }
    },
  }
}

/** Every field of a form, in its order, for the summary of its errors. */
export function fieldsOf(parts: readonly Part[]): FieldView[] {
  return parts.flatMap((part) => {
    if (part.kind === 'field' || part.kind === 'choices') return [part.field]
    if (part.kind === 'texts') return [part.vi, part.en]
    if (part.kind === 'pair') return [...part.fields]
    return part.rows.flatMap(({ vi, en }) => [vi, en])
  })
}

/** How many empty rows to offer: three to begin with or when more are asked for, else one. */
export function spareRows({ typed }: FormState, name: string, more: string | null): number {
  const begun = Object.keys(typed).some((key) => key.startsWith(`${name}.`))
  return more === name || !begun ? 3 : 1
}
