import { z } from 'zod'

/** What the calls of the public API share. A repeated or unknown parameter is an error there, never a guess. */

/** A list of ids in one parameter, separated by commas: `service=accounting,e-invoice`. */
export const idList = z
  .string({ error: 'once' })
  .transform((text) =>
    text
      .split(',')
      .map((id) => id.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.string().max(60, 'tooLong')).max(50, 'tooMany'))

const wholeNumber = (max: number) =>
  z
    .string({ error: 'once' })
    .regex(/^\d{1,9}$/, 'wholeNumber')
    .transform(Number)
    .pipe(z.number().max(max, 'tooLarge'))

/** Parameters of every list: the words, and which part of the list. */
export const listParameters = {
  q: z.string({ error: 'once' }).max(500, 'tooLong').optional(),
  limit: wholeNumber(100).default(20),
  offset: wholeNumber(100_000).default(0),
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
