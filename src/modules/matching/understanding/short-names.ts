import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../../platform/project-root.js'

type NamesByService = Readonly<Record<string, readonly string[]>>

/** What people type in one to three words, by the id of the service that they mean. */
export interface ShortNames {
  /** Only one service can be meant. */
  names: NamesByService
  /** It may be this service, another, or something else. */
  open: NamesByService
}

const FILE = join(PROJECT_ROOT, 'src/modules/matching/data/short-names.json')

let read: ShortNames | undefined

/** The short names that the product comes with, read once. */
export function shortNames(): ShortNames {
  read ??= JSON.parse(readFileSync(FILE, 'utf8')) as ShortNames
  return read
}

/** The ways in which a name is typed: `TikTok` is two words, `tiktok` one. */
export const asTyped = (name: string): string[] => [...new Set([name, name.toLowerCase()])]
