import { z } from 'zod'
import { readJsonSet } from '../read-json-set.js'
import { HALVES, type JudgedNeed, VOICES } from './judged-set.types.js'

const judgedNeed = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  half: z.enum(HALVES),
  who: z.string().min(1),
  text: z.record(z.enum(VOICES), z.string().min(1)),
  grades: z
    .record(z.string(), z.number().int().min(1).max(3))
    .transform((grades): ReadonlyMap<string, number> => new Map(Object.entries(grades))),
  note: z.string().min(1),
})

/**
 * Reads a file of judged needs.
 * @throws {UnreadableSet} naming the need and the field that is not as it should be.
 */
export const openJudgedSet = (path: string): Promise<readonly JudgedNeed[]> => readJsonSet(path, z.array(judgedNeed))
