import { z } from 'zod'
import { email, line, paragraphs, plainDate, termId, wardCode } from '../../../kernel/fields.js'
import { many } from '../../../platform/http/query.js'

/** The three steps in which a guest states a need, each a screen of its own. */
export const STEPS = ['problem', 'details', 'contact'] as const
export type Step = (typeof STEPS)[number]

export const isStep = (text: string): text is Step => STEPS.some((step) => step === text)

/** Budgets to choose from, in whole đồng; people know the order of magnitude long before they know a figure. */
export const BUDGETS = {
  'under-10': { max: 10_000_000 },
  '10-30': { min: 10_000_000, max: 30_000_000 },
  '30-100': { min: 30_000_000, max: 100_000_000 },
  '100-300': { min: 100_000_000, max: 300_000_000 },
  'over-300': { min: 300_000_000 },
} as const satisfies Record<string, { min?: number; max?: number }>

export type BudgetBand = keyof typeof BUDGETS

export const BUDGET_BANDS = Object.keys(BUDGETS) as [BudgetBand, ...BudgetBand[]]

/** The budget that the guest's own words gave. */
export const SAID = 'said'

/** Longest telling of a problem: a good page of writing. */
export const PROBLEM_LENGTH = 4_000

/** Limits of the other fields, in characters. */
export const LENGTHS = { title: 150, outcome: 600, tools: 300, mustHaves: 2_000, name: 120 } as const

const MOST_MUST_HAVES = 20

/** One line; what breaks it becomes a space, since it also goes into the subject of a mail. */
const oneLine = (max: number, min = 0) =>
  z
    .string({ error: 'text' })
    .transform((text) => text.replace(/\s+/g, ' '))
    .pipe(line(max, min))

/** The text once more, as later steps send it along: with it a lost draft can be begun again. */
const alongside = { text: z.unknown().optional() }

const problem = paragraphs(PROBLEM_LENGTH).refine((text) => text.length >= 15, { error: 'sayMore' })

const title = oneLine(LENGTHS.title, 5)

export const problemStep = z.strictObject({
  problem,
  sector: termId.optional(),
  /** Chosen on the page before. */
  services: many(termId, 20).optional(),
})

const details = {
  services: many(termId, 20),
  sector: termId.optional(),
  ward: wardCode.optional(),
  budget: z.enum([SAID, ...BUDGET_BANDS], 'choice').optional(),
  deadline: plainDate.optional(),
  onSite: z.enum(['yes', 'no'], 'choice').optional(),
  outcome: paragraphs(LENGTHS.outcome).optional(),
  tools: oneLine(LENGTHS.tools).optional(),
  mustHaves: paragraphs(LENGTHS.mustHaves)
    .transform((text) => [...new Set(text.split('\n').flatMap((one) => one.trim() || []))])
    .pipe(z.array(line(300, 1)).max(MOST_MUST_HAVES, 'tooMany'))
    .optional(),
}

export const detailsStep = z
  .strictObject({ ...alongside, ...details })
  .transform(({ text: _, services, ...rest }) => ({ ...rest, services: [...new Set(services)] }))

export const contactStep = z
  .strictObject({
    ...alongside,
    title,
    email,
    name: oneLine(LENGTHS.name).optional(),
    /** The box is never ticked beforehand. */
    consent: z.literal('on', { error: 'consent' }),
  })
  .transform(({ text: _, ...rest }) => rest)

/** The last step of somebody signed in: who he is is known. */
export const ownContactStep = z
  .strictObject({
    ...alongside,
    title,
    /** Record id of one that he looks after. */
    business: z.string().max(40, 'choice').optional(),
    consent: z.literal('on', { error: 'consent' }),
  })
  .transform(({ text: _, ...rest }) => rest)

/** All of it on one page, for a need that was sent before. */
export const correction = z
  .strictObject({ expect: z.coerce.number().int(), title, problem, ...details })
  .transform(({ services, ...rest }) => ({ ...rest, services: [...new Set(services)] }))

export type Correction = z.output<typeof correction>
export type ProblemStep = z.output<typeof problemStep>
export type DetailsStep = z.output<typeof detailsStep>
export type ContactStep = z.output<typeof contactStep>
