import type { FieldError } from '../../../kernel/errors.js'
import type { Translate } from '../../i18n/translator.js'

/** How one field of a form is asked for. */
export interface FieldSpec {
  name: string
  label: string
  hint?: string
  /** `choices` are radio buttons, or checkboxes when `multiple`. */
  type?:
    | 'text'
    | 'email'
    | 'tel'
    | 'url'
    | 'date'
    | 'password'
    | 'number'
    | 'textarea'
    | 'select'
    | 'choices'
    | 'checkbox'
    /** The form then needs `enctype="multipart/form-data"`, its route `uploads`. */
    | 'picture'
    | 'table'
  /** Says "optional" beside the label when false; true by default. */
  required?: boolean
  maxlength?: number
  autocomplete?: string
  placeholder?: string
  /** Which keys a phone offers. */
  inputmode?: 'numeric'
  multiple?: boolean
  /** Id of the form it belongs to, where it stands outside it. */
  form?: string
  options?: readonly { value: string; label: string }[]
}

/** View model of `partials/field.hbs`. */
export interface FieldView {
  name: string
  id: string
  label: string
  hint: string | null
  error: string | null
  /** Ids of hint and error, for `aria-describedby`. */
  describedBy: string | null
  optional: boolean
  value: string
  control: 'input' | 'textarea' | 'select' | 'choices' | 'checkbox'
  type: string
  /** Types that a picture is chosen from. */
  accept: string | null
  maxlength: number | null
  autocomplete: string | null
  placeholder: string | null
  inputmode: string | null
  multiple: boolean
  form: string | null
  /** What a curator wrote who sent it back. */
  note: string | null
  checked: boolean
  options: { id: string; value: string; label: string; checked: boolean }[]
}

/** View model of `partials/error-summary.hbs`. */
export interface ErrorSummaryView {
  title: string
  errors: { href: string; label: string; message: string }[]
}

/** What a form was sent with, as it was typed: strings, or lists of them. */
export type TypedValues = Readonly<Record<string, unknown>>

/** Types whose control takes a file, and of which sorts. */
const TAKES_FILE: Readonly<Record<string, string>> = {
  picture: 'image/jpeg,image/png,image/webp',
  table: '.csv,.tsv,.txt,.xlsx',
}

export function fieldView(spec: FieldSpec, typed: TypedValues, errors: readonly FieldError[], t: Translate): FieldView {
  const id = `f-${spec.name}`
  const type = spec.type ?? 'text'
  const values = [typed[spec.name] ?? []].flat().map(String)
  const error = errors.find((e) => belongsTo(e, spec.name))
  const described = [spec.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean)
  return {
    name: spec.name,
    id,
    label: spec.label,
    hint: spec.hint ?? null,
    error: error ? t(`fields.errors.${error.code}`, error.params) : null,
    describedBy: described.length > 0 ? described.join(' ') : null,
    optional: spec.required === false,
    value: TAKES_FILE[type] ? '' : (values[0] ?? ''),
    control: type === 'textarea' || type === 'select' || type === 'choices' || type === 'checkbox' ? type : 'input',
    type: TAKES_FILE[type] ? 'file' : type,
    accept: TAKES_FILE[type] ?? null,
    maxlength: spec.maxlength ?? null,
    autocomplete: spec.autocomplete ?? null,
    placeholder: spec.placeholder ?? null,
    inputmode: spec.inputmode ?? null,
    multiple: spec.multiple ?? false,
    form: spec.form ?? null,
    note: null,
    checked: values.length > 0,
    options: (spec.options ?? []).map(({ value, label }, index) => ({
      // The first choice carries the field's own id, so that the summary's link lands on it.
      id: index === 0 ? id : `${id}-${index}`,
      value,
      label,
      checked: values.includes(value),
    })),
  }
}

/** The same field with what a curator wrote at it, which is read out with it. */
export const withNote = (field: FieldView, note: string): FieldView => ({
  ...field,
  note,
  describedBy: [field.describedBy, `${field.id}-note`].filter(Boolean).join(' '),
})

/** All errors of a form with links to their fields; null when there are none. Fields go in the order of the form. */
export function errorSummaryView(
  fields: readonly FieldView[],
  errors: readonly FieldError[],
  t: Translate,
): ErrorSummaryView | null {
  if (errors.length === 0) return null
  const shown = fields.filter((field) => field.error !== null)
  const elsewhere = errors.filter((error) => !fields.some((field) => belongsTo(error, field.name)))
  const listed = [
    ...shown.map(({ id, label, error }) => ({ href: `#${id}`, label, message: error ?? '' })),
    ...elsewhere.map((e) => ({ href: '#main', label: e.field, message: t(`fields.errors.${e.code}`, e.params) })),
  ]
  return { title: t('common.form.errorsTitle', { count: listed.length }), errors: listed }
}

const belongsTo = (error: FieldError, name: string) => error.field === name || error.field.startsWith(`${name}.`)
