import { z } from 'zod'

/** What every decision is sent with; the fields of the action itself are for the case's subject to read. */
export const decisionForm = z.object({
  action: z.string().max(40),
  version: z.coerce.number().int().optional(),
})

/** Who is to see to a case: oneself, a colleague, or whoever comes. */
export const holderForm = z.object({
  act: z.enum(['take', 'give', 'release']),
  to: z.string().max(40).optional(),
})
