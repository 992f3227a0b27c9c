import { z } from 'zod'
import { line, paragraphs, plainDate } from '../../../kernel/fields.js'
import { LISTING_ACTS } from './acts.rules.js'

export const LONGEST_WHY = 500
export const LONGEST_NOTICE = 500

const version = z
  .string()
  .regex(/^\d{1,9}$/, 'required')
  .transform(Number)

/** What a curator sends with an act on a listing. */
export const actForm = z.object({
  act: z.enum(LISTING_ACTS, 'choice'),
  version,
  why: line(LONGEST_WHY).optional(),
  'notice.vi': paragraphs(LONGEST_NOTICE).optional(),
  'notice.en': paragraphs(LONGEST_NOTICE).optional(),
  until: plainDate.optional(),
  status: z.string().optional(),
  zone: z.string().optional(),
  unit: z.string().optional(),
})
