import { z } from 'zod'
import { highlightParts, idList, listAnswer, listParameters } from '../../platform/http/api-schemas.js'

export const needsQuery = z.strictObject({
  ...listParameters,
  service: idList.optional(),
  sector: idList.optional(),
  ward: idList.optional(),
  size: idList.optional(),
  state: idList.optional(),
  sort: z.enum(['relevance', 'newest', 'deadline']).default('relevance'),
})

/** A public need. `business` is the address of its business, null when it is anonymous or the business is not listed. */
export const needSummary = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  slug: z.string(),
  title: z.string(),
  state: z.string(),
  services: z.array(z.object({ id: z.string(), name: z.string() })),
  sector: z.object({ id: z.string(), name: z.string() }).nullable(),
  ward: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** Whole đồng; null: not decided. */
  budget: z.object({ min: z.number().nullable(), max: z.number().nullable() }).nullable(),
  /** A day in the park's zone. */
  deadline: z.string().nullable(),
  publishedAt: z.string().nullable(),
  highlights: z.record(z.string(), z.array(highlightParts)),
})

export const needsAnswer = listAnswer(needSummary)

export const needAnswer = needSummary.omit({ highlights: true }).extend({
  problem: z.string(),
  outcome: z.string().nullable(),
  tools: z.array(z.string()),
  mustHaves: z.array(z.string()),
  niceToHaves: z.array(z.string()),
  onSite: z.boolean().nullable(),
  business: z.object({ slug: z.string(), name: z.string() }).nullable(),
})
