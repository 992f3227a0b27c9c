import { z } from 'zod'
import { line, taxCode, termId, wardCode } from '../../../kernel/fields.js'
import { businessProfile } from '../../businesses/index.js'
import { choices, oneLine } from '../forms/fields.schemas.js'

/** What is asked of a new firm or business: little, since the rest is easier to tell page by page. */

const common = {
  name: oneLine(200).refine((text) => text.length >= 2, { error: 'required' }),
  taxCode: taxCode.optional(),
  description: line(20_000).refine((text) => text.length >= 30, { error: 'sayMore' }),
  /** Said when there is one of the same name already. */
  different: z.literal('on').optional(),
}

export const newProvider = z.strictObject({ ...common, services: choices(termId, 30) })

export const newBusiness = z.strictObject({
  ...common,
  kind: businessProfile.shape.kind,
  sector: termId.optional(),
  ward: wardCode.optional(),
  listed: z.literal('on').optional(),
})

export type NewProvider = z.output<typeof newProvider>
export type NewBusiness = z.output<typeof newBusiness>

export type NewOrganisation = { type: 'provider'; entry: NewProvider } | { type: 'business'; entry: NewBusiness }
