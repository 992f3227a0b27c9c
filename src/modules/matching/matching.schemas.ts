import { z } from 'zod'
import { line, moneyRange, termId, wardCode } from '../../kernel/fields.js'

/** Longest text that is read, in characters: a need of several hundred words with room to spare. */
export const MAX_TEXT = 4_000

/** A need told in plain words, with what a form may know beside them. */
export const matchRequest = z.strictObject({
  text: line(MAX_TEXT, 1),
  sector: termId.optional(),
  budget: moneyRange.optional(),
  ward: wardCode.optional(),
  limit: z.number().int().min(1).max(100).default(10),
})

const term = z.object({ id: z.string(), name: z.string(), confidence: z.number() })

export const matchAnswer = z.object({
  understood: z.object({
    language: z.string(),
    services: z.array(term),
    sectors: z.array(term),
    /** Services it says it does not want. */
    negated: z.array(z.object({ id: z.string(), name: z.string() })),
    /** Whole đồng; an end that is open is null. */
    budget: z.object({ min: z.number().nullable(), max: z.number().nullable() }).nullable(),
    ward: z.object({ code: z.string(), name: z.string() }).nullable(),
    onSite: z.boolean().nullable(),
    /** A day in the park's zone. */
    deadline: z.string().nullable(),
    mustHaves: z.array(z.string()),
  }),
  nobody: z.boolean().meta({ description: 'True: nobody here does it; the results are then the nearest.' }),
  vague: z.boolean().meta({
    description:
      'True: the text says too little for anybody to know what is needed (a greeting, a price, a place, a trade). Then `nobody` is true as well, but is no demand: ask for more words.',
  }),
  results: z.array(
    z.object({
      provider: z.object({ id: z.string(), externalId: z.string().nullable(), slug: z.string(), name: z.string() }),
      /** 0 to 1; comparable within one answer. Firms whose scores hardly differ take turns, so they may stand in another order. */
      score: z.number(),
      /** Whether it has its place for being new here. */
      newcomer: z.boolean(),
      reasons: z.array(
        z.object({
          criterion: z.string(),
          status: z.enum(['met', 'partly', 'unmet', 'unknown']),
          weight: z.number(),
          /** The reason in a sentence, the firm's own words in quotation marks at its end. */
          evidence: z.string(),
          /** Those words alone, as they stand in the firm's record. */
          quote: z.string().nullable(),
        }),
      ),
    }),
  ),
})
