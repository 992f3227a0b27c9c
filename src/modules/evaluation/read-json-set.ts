import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { UnreadableSet } from './evaluation.types.js'

/**
 * Reads a file of JSON that holds a list.
 * @throws {UnreadableSet} naming the entry and the field that is not as it should be.
 */
export async function readJsonSet<T>(path: string, schema: z.ZodType<readonly T[]>): Promise<readonly T[]> {
  const parsed = schema.safeParse(await readJson(path))
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw new UnreadableSet(`${path}: ${first?.path.join('.')}: ${first?.message}`)
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new UnreadableSet(`${path}: ${error instanceof Error ? error.message : error}`)
  }
}
