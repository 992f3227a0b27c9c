import { z } from 'zod'
import { paragraphs } from '../../../kernel/fields.js'
import { ASKED_KINDS } from '../register/requests.model.js'

/** Longest request: a page of writing. */
export const LONGEST_WORDS = 2_000

export const askForm = z.object({
  kind: z.enum(ASKED_KINDS, 'choice'),
  words: paragraphs(LONGEST_WORDS, 5),
})
