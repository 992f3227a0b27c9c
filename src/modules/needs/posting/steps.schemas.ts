import { z } from 'zod'
import { email, line, plainDate, termId, wardCode } from '../../../kernel/fields.js'
import { many } from '../../../platform/http/query.js'

/** The three steps in which a guest states a need, each a screen of its own. */
export const STEPS = ['problem', 'details', 'contact'] as const
export type Step = (typeof STEPS)[number]

/** Budgets to choose from, in whole đồng; people know the order of magnitude long before they know a figure. */
export const BUDGETS = {
  'under-10': { max: 10_000_000 },
  '10-30': { min: 10_000_000, max: 30_000_000 },
  '30-100': { min: 30_000_000, max: 100_000_000 },
  '100-300': { min: 100_000_000, max: 300_000_000 },
  'over-300': { min: 300_000_000 },
} as const satisfies Record<string, { min?: number; max?: number }>

export type BudgetBand = keyof typeof BUDGETS

export const problemStep = z.object({
  problem: z
    .string({ error: 'required' })
    .pipe(line(4_000))
    .refine((text) => text.length >= 15, { error: 'sayMore' }),
  sector: termId.optional(),
})

const lines = line(2_000)
  .transform((text) =>
    text
      .split(/\r?\n/)
      .map((one) => one.trim())
      .filter(Boolean),
  )
  .pipe(z.array(line(300, 1)).max(20, 'tooMany'))

export const detailsStep = z.object({
  services: many(termId, 20),
  ward: wardCode.optional(),
  budget: z.enum(Object.keys(BUDGETS) as [BudgetBand, ...BudgetBand[]], 'choice').optional(),
  deadline: plainDate.optional(),
  onSite: z.enum(['yes', 'no'], 'choice').optional(),
  tools: line(300).optional(),
  mustHaves: lines.optional(),
})

export const contactStep = z.object({
  title: z.string({ error: 'required' }).pipe(line(150, 5)),
  email: z.string({ error: 'required' }).pipe(email),
  name: line(120).optional(),
  /** The box is never ticked beforehand. */
  consent: z.literal('yes', { error: 'consent' }),
})

export type ProblemStep = z.output<typeof problemStep>
export type DetailsStep = z.output<typeof detailsStep>
export type ContactStep = z.output<typeof contactStep>
