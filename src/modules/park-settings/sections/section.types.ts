import { z } from 'zod'
import type { FieldError } from '../../../kernel/errors.js'
import { line, paragraphs } from '../../../kernel/fields.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { PageName } from '../../../kernel/routes.js'
import { LANGUAGES, type LocalText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { fieldErrors } from '../../../platform/http/issues.js'
import type { FieldSpec } from '../../../platform/views/models/form.js'

/** What a form of the settings holds, field by field; what is blank is not there. Versions keep the same. */
export type Values = Readonly<Record<string, string>>

/** Fields of the park by their path; null takes one out. */
export type Fields = Readonly<Record<string, unknown>>

export type ParsedSection = { ok: true; set: Fields } | { ok: false; errors: FieldError[] }

/** Fields that belong together: a text in both languages, a fact with its source. */
export interface FieldGroup {
  /** Null where the fields say by themselves what they are. */
  legend: string | null
  hint?: string | undefined
  fields: readonly FieldSpec[]
  /** What goes with the fields unseen. */
  hidden?: readonly { name: string; value: string }[]
}

/** One part of the park's settings: a form of its own with its own history. */
export interface Section {
  name: string
  area: 'park' | 'pages' | 'rules'
  /** The public page that shows it. */
  seenAt: PageName
  /** The form has a preview of its Markdown. */
  markdown: boolean
  read(park: ParkContext): Values
  parse(values: Values): ParsedSection
  /** `values` are what stands in the form, for those that grow with it. */
  groups(context: RequestContext, values: Values): FieldGroup[]
  /** Ways from its form to what is done on a page of its own. */
  links?(context: RequestContext): { href: string; label: string }[]
}

/** Puts together what the schema has read; `set` is told of what fits only. */
export function parsed<T>(schema: z.ZodType<T>, values: Values, set: (data: T) => Fields): ParsedSection {
  const result = schema.safeParse(values)
  if (!result.success) return { ok: false, errors: fieldErrors(result.error.issues, values) }
  return { ok: true, set: set(result.data) }
}

/** One line in both languages; the Vietnamese one must be there when `required`. */
export const lineIn = <N extends string>(name: N, max: number, required = false) => both(name, oneLine(max), required)

export const textIn = <N extends string>(name: N, max: number, required = false) =>
  both(name, paragraphs(max), required)

const oneLine = (max: number) =>
  z
    .string({ error: 'required' })
    .transform((text) => text.replace(/\s+/g, ' '))
    .pipe(line(max))

type Both<N extends string> = Record<`${N}.vi` | `${N}.en`, z.ZodType<string | undefined>>

const both = <N extends string>(name: N, text: z.ZodType<string>, required: boolean) =>
  ({ [`${name}.vi`]: required ? text : text.optional(), [`${name}.en`]: text.optional() }) as Both<N>

/** The text of two fields; null when neither is filled in. */
export function localOf(data: Readonly<Record<string, unknown>>, name: string): LocalText | null {
  const told = LANGUAGES.flatMap((lang) => {
    const text = data[`${name}.${lang}`]
    return typeof text === 'string' && text !== '' ? [[lang, text] as const] : []
  })
  return told.length > 0 ? Object.fromEntries(told) : null
}

/** Values with what is missing left out. */
export const valuesOf = (fields: Readonly<Record<string, string | number | null | undefined>>): Values =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value == null || value === '' ? [] : [[name, String(value)]])),
  )

export const localValues = (name: string, text: LocalText | null | undefined) => ({
  [`${name}.vi`]: text?.vi,
  [`${name}.en`]: text?.en,
})

/** A text asked for in both languages, side by side. */
export function inBoth(
  { name, label, required = true, ...spec }: FieldSpec,
  { t }: RequestContext,
  hint?: string,
): FieldGroup {
  return {
    legend: null,
    hint,
    fields: LANGUAGES.map((lang) => ({
      ...spec,
      name: `${name}.${lang}`,
      label: t(`settings.form.${lang}`, { label }),
      required: required && lang === 'vi',
    })),
  }
}
