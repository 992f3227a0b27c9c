import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../src/platform/project-root.js'

const FOLDER = join(PROJECT_ROOT, '..', 'shared', 'fuzz')

/** The big list of naughty strings, with each string once; null, and a line that says so, where it is not at hand. */
export function naughtyStrings(): string[] | null {
  const file = join(FOLDER, 'blns', 'blns.json')
  if (!existsSync(file)) return skipped('the big list of naughty strings', file)
  return [...new Set(JSON.parse(readFileSync(file, 'utf8')) as string[])]
}

/** Attack payloads by the name of their class, with each line once; null, and a line that says so, where they are not at hand. */
export function attackPayloads(): Record<string, string[]> | null {
  const folder = join(FOLDER, 'payloads')
  if (!existsSync(folder)) return skipped('attack payloads', folder)
  const files = readdirSync(folder).filter((name) => name.includes('__'))
  return Object.fromEntries(
    files.map((name) => {
      const lines = readFileSync(join(folder, name), 'utf8').split(/\r?\n/).filter(Boolean)
      return [name.split('__')[1]?.replace(/\.\w+$/, '') ?? name, [...new Set(lines)]]
    }),
  )
}

function skipped(what: string, where: string): null {
  console.warn(`SKIPPED: ${what} through the product; nothing at ${where}`)
  return null
}
