import { z } from 'zod'
import { line, localText, moneyRange, plainDate, requiredText, termId, wardCode } from '../../kernel/fields.js'

/** The life of a need. A guest's need stays `submitted`, seen by its link only, until curators publish it. */
export const NEED_STATUSES = ['draft', 'submitted', 'published', 'closed', 'expired'] as const
export type NeedStatus = (typeof NEED_STATUSES)[number]

/** What a business needs, as its owner says it. */
export const needContent = z.strictObject({
  // Public notices go to 250 characters and a little more.
  title: requiredText(300),
  /** Record id of the business; with `anonymous` it is never shown, counted or filtered by. */
  business: z.string().max(40).optional(),
  anonymous: z.boolean().default(false),
  problem: requiredText(20_000),
  outcome: localText(2_000).optional(),
  services: z.array(termId).max(20).default([]),
  sector: termId.optional(),
  sizeBand: termId.optional(),
  ward: wardCode.optional(),
  tools: z.array(line(100, 1)).max(30).default([]),
  mustHaves: z.array(line(300, 1)).max(20).default([]),
  niceToHaves: z.array(line(300, 1)).max(20).default([]),
  budget: moneyRange.optional(),
  start: plainDate.optional(),
  deadline: plainDate.optional(),
  onSite: z.boolean().optional(),
  visibility: z.enum(['public', 'park', 'matched']).default('public'),
  maxResponders: z.number().int().min(1).max(20).default(3),
})

export type NeedContent = z.infer<typeof needContent>
