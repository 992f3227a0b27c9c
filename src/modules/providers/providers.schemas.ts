import { z } from 'zod'
import {
  email,
  line,
  localText,
  moneyRange,
  phone,
  plainDate,
  requiredText,
  taxCode,
  termId,
  wardCode,
  webAddress,
} from '../../kernel/fields.js'

/** Who may see a contact field: everybody, or only the other side of an accepted introduction. */
const visibility = z.enum(['public', 'introduced'])

const contact = <T extends z.ZodType>(value: T) => z.strictObject({ value, visibility })

export const offeredService = z.strictObject({
  service: termId,
  /** The firm's own words about this service; quoted in reasons. */
  evidence: localText(600).optional(),
  /** What a first job of this kind costs. */
  price: moneyRange.optional(),
  /** Weeks from the order to the first use. */
  deliveryWeeks: z
    .strictObject({ min: z.number().int().min(0).max(200), max: z.number().int().min(0).max(200) })
    .optional(),
})

export const referenceCase = z.strictObject({
  sector: termId.optional(),
  service: termId.optional(),
  ward: wardCode.optional(),
  /** The client without its name: "hợp tác xã khóm 40 hộ". */
  client: requiredText(200),
  problem: requiredText(600),
  result: requiredText(600),
  year: z.number().int().min(1990).max(2100).optional(),
})

export const firstUseOffer = z.strictObject({
  kind: z.enum(['discount', 'trial']),
  title: requiredText(200),
  /** Of a discount: 1 to 100. */
  percent: z.number().int().min(1).max(100).optional(),
  /** Of a trial: days free of charge. */
  days: z.number().int().min(1).max(730).optional(),
  from: plainDate,
  until: plainDate,
})

/** A technology firm as listed. What is missing is not known; it is never taken for a "no". */
export const providerProfile = z.strictObject({
  name: requiredText(200),
  tradeName: line(120).optional(),
  taxCode: taxCode.optional(),
  vsic: z
    .array(z.strictObject({ code: z.string().regex(/^\d{4,5}$/, 'vsic'), version: z.enum(['2018', '2025']) }))
    .max(20)
    .default([]),
  park: z.strictObject({
    status: z.enum(['resident', 'associated', 'applying']),
    zone: termId.optional(),
    unit: line(80).optional(),
  }),
  tagline: localText(200).optional(),
  description: requiredText(20_000),
  features: z.array(requiredText(300)).max(20).default([]),
  benefits: z.array(requiredText(300)).max(20).default([]),
  services: z.array(offeredService).max(30).default([]),
  /** Sectors it says it serves. */
  sectors: z.array(termId).max(30).default([]),
  /** Wards it goes to; empty means not stated. */
  wards: z.array(wardCode).max(200).default([]),
  /** Provinces it goes to as a whole: two-digit codes. */
  provinces: z
    .array(z.string().regex(/^\d{2}$/, 'province'))
    .max(34)
    .default([]),
  remote: z.boolean().optional(),
  onSite: z.boolean().optional(),
  sizeBand: termId.optional(),
  founded: z.number().int().min(1900).max(2100).optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/, 'language'))
    .max(20)
    .default([]),
  certifications: z.array(line(200, 1)).max(30).default([]),
  cases: z.array(referenceCase).max(50).default([]),
  offers: z.array(firstUseOffer).max(10).default([]),
  address: line(300).optional(),
  contacts: z
    .strictObject({
      website: contact(webAddress).optional(),
      email: contact(email).optional(),
      phone: contact(phone).optional(),
    })
    .default({}),
  lastReviewed: plainDate.optional(),
  expires: plainDate.optional(),
})

export type ProviderProfile = z.infer<typeof providerProfile>
