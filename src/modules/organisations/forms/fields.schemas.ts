import { z } from 'zod'
import { line } from '../../../kernel/fields.js'

/** The field types of forms, over what `toTree` makes of them: texts, and lists of texts where several may be chosen. */

/** One line; what breaks it becomes a space. */
export const oneLine = (max: number) =>
  z
    .string({ error: 'text' })
    .transform((text) => text.replace(/\s+/g, ' '))
    .pipe(line(max))

/** Vietnamese first; English, or any other second language, if somebody likes. */
const bilingual = <T extends z.ZodType<string>>(text: T) =>
  z.preprocess((value) => value ?? {}, z.strictObject({ vi: text.optional(), en: text.optional() }))

/** A text that may be left out altogether. */
export const textInBoth = (max: number) => bilingual(line(max)).transform((text) => (isTold(text) ? text : undefined))

export const lineInBoth = (max: number) =>
  bilingual(oneLine(max)).transform((text) => (isTold(text) ? text : undefined))

/** A text that there must be, in one language at least; where there is none the Vietnamese field says so. */
export const neededText = (max: number) => bilingual(line(max)).superRefine(mustBeTold)

export const neededLine = (max: number) => bilingual(oneLine(max)).superRefine(mustBeTold)

/** Several short texts in rows of a form. */
export const linesInBoth = (max: number, most: number) =>
  z.preprocess((value) => value ?? [], z.array(neededLine(max)).max(most, 'tooMany'))

/** Several short texts, one a line. */
export const textPerLine = (max: number, most: number) =>
  z
    .string({ error: 'text' })
    .default('')
    .transform((text) => [...new Set(text.split('\n').flatMap((one) => one.trim() || []))])
    .pipe(z.array(line(max, 1)).max(most, 'tooMany'))

/** What is ticked of several choices. */
export const choices = <T extends z.ZodType<string>>(choice: T, most: number) =>
  z
    .preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(choice).max(most, 'tooMany'))
    .transform((chosen) => [...new Set(chosen)])

/** A whole number as it is typed. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string({ error: 'number' })
    .transform((text) => text.trim())
    .pipe(z.string().regex(/^\d{1,9}$/, 'number'))
    .transform(Number)
    .pipe(z.number().min(min).max(max))

/** Whole đồng as people write them: `40.000.000`, `40 000 000 đ`. */
export const amount = z
  .string({ error: 'money' })
  .transform((text) => text.replace(/[\s.,_]|đồng|đ|vnd/giu, ''))
  .pipe(z.string().regex(/^\d{1,14}$/, 'money'))
  .transform(Number)
  .pipe(z.number().max(1e13, 'money'))

/** Yes, no, or not stated. */
export const yesOrNo = z.enum(['yes', 'no'], 'choice').transform((answer) => answer === 'yes')

const isTold = ({ vi, en }: { vi?: string | undefined; en?: string | undefined }) => Boolean(vi || en)

function mustBeTold(text: { vi?: string | undefined; en?: string | undefined }, ctx: z.RefinementCtx) {
  if (!isTold(text)) ctx.addIssue({ code: 'custom', message: 'required', path: ['vi'] })
}
