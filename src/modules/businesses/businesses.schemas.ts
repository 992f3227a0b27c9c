import { z } from 'zod'
import { line, localText, requiredText, taxCode, termId, wardCode } from '../../kernel/fields.js'

/** A business of a traditional trade. It is listed in public only when it agreed (`listed`). */
export const businessProfile = z.strictObject({
  name: requiredText(200),
  kind: z.enum(['enterprise', 'cooperative', 'household', 'public-body']),
  sector: termId.optional(),
  taxCode: taxCode.optional(),
  ward: wardCode.optional(),
  sizeBand: termId.optional(),
  tagline: localText(200).optional(),
  description: requiredText(20_000),
  /** What it already works with: "Excel", "sổ tay", "Zalo". */
  tools: z.array(line(100, 1)).max(30).default([]),
  founded: z.number().int().min(1900).max(2100).optional(),
  listed: z.boolean().default(false),
})

export type BusinessProfile = z.infer<typeof businessProfile>
