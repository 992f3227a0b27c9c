import { z } from 'zod'
import { line, paragraphs, phone, taxCode, webAddress } from '../../../kernel/fields.js'

const common = {
  name: line(200, 2),
  taxCode: taxCode.optional(),
  description: paragraphs(20_000).optional(),
}

/** What a curator knows of a firm when he enters it: the name is enough, the rest follows. */
export const newFirmForm = z.object({
  ...common,
  tradeName: line(120).optional(),
  status: z.enum(['resident', 'associated', 'applying'], 'choice'),
  phone: phone.optional(),
  website: webAddress.optional(),
})

export const newBusinessForm = z.object({
  ...common,
  kind: z.enum(['enterprise', 'cooperative', 'household', 'public-body'], 'choice'),
})
