import type { Request } from 'express'
import { z } from 'zod'

/** A query parameter that may be given several times; always a list. For `parseQuery` and `readPageQuery`. */
export const many = <S extends z.ZodType>(item: S, max: number) =>
  z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(item).max(max))

/** A whole number in a query, `otherwise` when it is not given. */
export const whole = ({ min, max, otherwise }: { min: number; max: number; otherwise: number }) =>
  z
    .string({ error: 'number' })
    .regex(/^-?\d{1,15}$/, 'number')
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .default(otherwise)

/**
 * The query of a page, where nothing is an error: a visitor with a mangled link still gets the page. Each parameter is
 * read by its own schema; of a repeated one the first that fits counts, of a list those that fit; else it counts as not
 * given. Unknown parameters are ignored. Every schema must take `undefined`.
 */
export function readPageQuery<S extends z.ZodRawShape>(shape: S, req: Request): z.output<z.ZodObject<S>> {
  const query = req.query as Record<string, unknown>
  const read = Object.entries(shape).map(([name, schema]) => [name, bestReading(schema as z.ZodType, query[name])])
  return Object.fromEntries(read)
}

function bestReading(schema: z.ZodType, raw: unknown): unknown {
  const values = raw === undefined ? [] : [raw].flat().slice(0, MOST_REPEATS)
  const fitting = values.filter((value) => schema.safeParse(value).success)
  // A list takes all that fit at once, any other parameter only one.
  for (const attempt of [fitting, fitting[0], undefined]) {
    const result = schema.safeParse(attempt)
    if (result.success) return result.data
  }
  throw new TypeError('a page parameter must have a schema that takes undefined')
}

/** A repeated parameter is not read beyond this many values. */
const MOST_REPEATS = 50
