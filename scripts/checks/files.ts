import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Paths of all files below `folder` that end in `ending`, sorted. */
export function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort()
}
