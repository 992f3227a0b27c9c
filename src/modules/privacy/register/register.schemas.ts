import { z } from 'zod'
import { paragraphs } from '../../../kernel/fields.js'

export const LONGEST_ANSWER = 2_000

export const answerForm = z.object({
  outcome: z.enum(['done', 'refused'], 'choice'),
  note: paragraphs(LONGEST_ANSWER, 5),
})
