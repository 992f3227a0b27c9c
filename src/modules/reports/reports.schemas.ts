import { z } from 'zod'
import { email, paragraphs } from '../../kernel/fields.js'
import { FAULTS } from './reports.model.js'

export const LONGEST_REPORT = 2_000

/** What is wrong, from a short list and in words; an address only from who wants to hear of it. */
export const reportForm = z.object({
  fault: z.enum(FAULTS, 'choice'),
  text: paragraphs(LONGEST_REPORT, 5),
  email: email.optional(),
})

export type ReportForm = z.infer<typeof reportForm>
