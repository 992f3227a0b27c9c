import { z } from 'zod'
import { highlightParts, idList, listAnswer, listParameters } from '../../platform/http/api-schemas.js'

export const providersQuery = z.strictObject({
  ...listParameters,
  service: idList.optional(),
  sector: idList.optional(),
  ward: idList.optional(),
  status: idList.optional(),
  size: idList.optional(),
  language: idList.optional(),
  sort: z.enum(['relevance', 'name', 'updated']).default('relevance'),
})

/** A firm in a list. Texts are in the language of `Accept-Language` where the firm has them, else in the other. */
export const providerSummary = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  slug: z.string(),
  name: z.string(),
  tagline: z.string().nullable(),
  services: z.array(z.object({ id: z.string(), name: z.string() })),
  /** By field: the texts in which words of the search stand. */
  highlights: z.record(z.string(), z.array(highlightParts)),
})

export const providersAnswer = listAnswer(providerSummary)

const money = z.object({ min: z.number().nullable(), max: z.number().nullable() })

export const providerAnswer = providerSummary.omit({ highlights: true, services: true }).extend({
  description: z.string(),
  languages: z.array(z.string()),
  park: z.object({ status: z.string(), zone: z.string().nullable(), unit: z.string().nullable() }),
  services: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      evidence: z.string().nullable(),
      /** Whole đồng. */
      price: money.nullable(),
      deliveryWeeks: z.object({ min: z.number(), max: z.number() }).nullable(),
    }),
  ),
  sectors: z.array(z.object({ id: z.string(), name: z.string() })),
  wards: z.array(z.object({ code: z.string(), name: z.string() })),
  features: z.array(z.string()),
  benefits: z.array(z.string()),
  /** Null: not stated. */
  remote: z.boolean().nullable(),
  onSite: z.boolean().nullable(),
  sizeBand: z.string().nullable(),
  founded: z.number().nullable(),
  certifications: z.array(z.string()),
  cases: z.array(
    z.object({
      client: z.string(),
      problem: z.string(),
      result: z.string(),
      year: z.number().nullable(),
      sector: z.string().nullable(),
    }),
  ),
  offers: z.array(z.object({ kind: z.string(), title: z.string(), from: z.string(), until: z.string() })),
  /** Only what the firm shows to everybody. */
  contacts: z.record(z.string(), z.string()),
  /** True for a client that has read the contacts of very many firms; they are there again after an hour. */
  contactsWithheld: z.boolean(),
  updatedAt: z.string(),
})
