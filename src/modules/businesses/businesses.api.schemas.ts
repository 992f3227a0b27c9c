import { z } from 'zod'
import { highlightParts, idList, listAnswer, listParameters } from '../../platform/http/api-schemas.js'

export const businessesQuery = z.strictObject({
  ...listParameters,
  sector: idList.optional(),
  ward: idList.optional(),
  size: idList.optional(),
  kind: idList.optional(),
  sort: z.enum(['relevance', 'name', 'updated']).default('relevance'),
})

/** A business that agreed to be listed. Texts follow `Accept-Language`. */
export const businessSummary = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  slug: z.string(),
  name: z.string(),
  kind: z.string(),
  sector: z.object({ id: z.string(), name: z.string() }).nullable(),
  ward: z.object({ code: z.string(), name: z.string() }).nullable(),
  sizeBand: z.string().nullable(),
  highlights: z.record(z.string(), z.array(highlightParts)),
})

export const businessesAnswer = listAnswer(businessSummary)

export const businessAnswer = businessSummary.omit({ highlights: true }).extend({
  description: z.string(),
  tools: z.array(z.string()),
  updatedAt: z.string(),
})
