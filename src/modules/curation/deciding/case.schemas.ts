import { z } from 'zod'

/** What every decision is sent with; the fields of the action itself are for the case's subject to read. */
export const decisionForm = z.object({
  action: z.string().max(40),
  version: z.coerce.number().int().optional(),
})
