import type { Request } from 'express'
import { z } from 'zod'
import type { FieldError } from '../../../kernel/errors.js'
import { line } from '../../../kernel/fields.js'
import { CSRF_FIELD } from '../../../platform/http/csrf.js'
import { readTyped } from '../../../platform/http/validate.js'
import type { TypedValues } from '../../../platform/views/models/form.js'
import { ORDERED, WEIGHT_FIELDS, type WeightField } from './weight-fields.js'
import type { ShownWeights } from './weight-values.js'

export const LONGEST_NOTE = 300

/** A number as people type it: `93`, `93.5` or `93,5`. One outside the bounds is a number all the same, and is told the bounds. */
const figure = ({ unit, min, max }: WeightField) =>
  z
    .string()
    .trim()
    .regex(unit === 'days' || unit === 'place' ? /^[-−–]?\d{1,6}$/ : /^[-−–]?\d{1,6}([.,]\d{1,2})?$/, 'number')
    .transform((typed) => Number(typed.replace(/^[−–]/, '-').replace(',', '.')))
    .pipe(z.number().min(min).max(max))

// Names with a dot in them would be read as places within each other, so the errors are put to their fields here.
const figures = z
  .strictObject(Object.fromEntries(WEIGHT_FIELDS.map((field) => [field.path, figure(field)])))
  .superRefine((told, context) => {
    for (const [lower, higher] of ORDERED) {
      const [low, high] = [told[lower], told[higher]]
      if (low === undefined || high === undefined || low <= high) continue
      context.addIssue({ code: 'too_big', origin: 'number', maximum: high, inclusive: true, path: [lower], input: low })
    }
  })

const note = z.object({ note: line(LONGEST_NOTE, 1) })

/** A change of the weights as it was sent. */
export interface SentWeights {
  /** As it was typed, to be shown again. */
  typed: TypedValues
  /** Null where a figure is wrong. */
  figures: ShownWeights | null
  note: string | null
  errors: readonly FieldError[]
  /** The version it was begun with; NaN for what no form of ours sends, which no version is. */
  seen: number
  saves: boolean
}

export function readWeights(req: Request): SentWeights {
  const { [CSRF_FIELD]: _, seen, act, note: why, ...typed } = (req.body ?? {}) as Record<string, unknown>
  const saves = act === 'save'
  const read = readTyped(figures, typed)
  const said = readTyped(note, { note: why })
  return {
    typed: { ...typed, note: why },
    figures: read.ok ? read.value : null,
    note: said.ok ? said.value.note : null,
    // Why it is changed is asked for with the last step only.
    errors: [...(read.ok ? [] : read.errors), ...(said.ok || !saves ? [] : said.errors)],
    seen: seenVersion(seen),
    saves,
  }
}

/** The version that a form was begun with. */
export const seenVersion = (sent: unknown): number =>
  typeof sent === 'string' && /^\d{1,9}$/.test(sent) ? Number(sent) : Number.NaN
