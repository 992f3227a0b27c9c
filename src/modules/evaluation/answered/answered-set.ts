import { join } from 'node:path'
import { z } from 'zod'
import { VOICES } from '../judged/judged-set.types.js'
import { readJsonSet } from '../read-json-set.js'
import { ANSWERED_SETS, type AnsweredNeed, type AnsweredSet } from './answered-set.types.js'

const told = z.string().min(1)

const answeredNeed = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    who: told.optional(),
    services: z.array(told),
    answered: z.boolean(),
    firms: z.array(told).min(1).optional(),
    text: z.partialRecord(z.enum(VOICES), told).refine((text) => Object.keys(text).length > 0, 'told in no voice'),
    note: told.optional(),
  })
  .refine(({ answered, services }) => !answered || services.length > 0, 'answered by no service')
  .refine(({ answered, firms }) => answered || firms === undefined, 'answered by nobody, and yet by firms')

/**
 * Reads a file of needs that are answered or not.
 * @throws {UnreadableSet} naming the need and the field that is not as it should be.
 */
export const openAnsweredSet = (path: string): Promise<readonly AnsweredNeed[]> =>
  readJsonSet(path, z.array(answeredNeed))

/** Reads all sets of a folder. */
export const openAnsweredSets = (folder: string): Promise<readonly AnsweredSet[]> =>
  Promise.all(ANSWERED_SETS.map(async (name) => ({ name, needs: await openAnsweredSet(join(folder, `${name}.json`)) })))
