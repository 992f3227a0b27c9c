import { z } from 'zod'
import { whole } from './query.js'

/** What the calls of the public API share. A repeated or unknown parameter is an error there, never a guess. */

/** A list of ids in one parameter, separated by commas: `service=accounting,e-invoice`. */
export const idList = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((id) => id.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.string().max(60)).max(50))

/** Parameters of every list: the words, and which part of the list. */
export const listParameters = {
  q: z.string().max(500).optional(),
  limit: whole({ min: 0, max: 100, otherwise: 20 }),
  offset: whole({ min: 0, max: 100_000, otherwise: 0 }),
}

/** A list as the API answers it. */
export const listAnswer = <T extends z.ZodType>(result: T) =>
  z.object({
    results: z.array(result),
    /** All that fit, not only the part returned. */
    total: z.number().int(),
    /** By field, then by value: how many would be returned with that value chosen. */
    facets: z.record(z.string(), z.record(z.string(), z.number().int())),
  })

/** Where words of the search stand, as parts of the text: `{ text: "kế toán", match: true }`. */
export const highlightParts = z.array(z.object({ text: z.string(), match: z.boolean() }))
