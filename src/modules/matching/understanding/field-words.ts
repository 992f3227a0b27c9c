import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lang } from '../../../kernel/text.js'
import { PROJECT_ROOT } from '../../../platform/project-root.js'

/** How a whole field speaks of a service, whatever firms and needs a park has. */
export interface FieldWords {
  /** Id in the taxonomy. */
  id: string
  /** How owners tell what they lack, without its name. */
  owners: Readonly<Record<Lang, readonly string[]>>
  /** How firms that offer it describe what they do. */
  firms: Readonly<Record<Lang, readonly string[]>>
}

interface FieldWordsFile {
  version: number
  asOf: string
  services: readonly FieldWords[]
}

const FILE = join(PROJECT_ROOT, 'src/modules/matching/data/field-words.json')

/** The field's words by service, read once. A service that a park has added has its own words of the taxonomy alone. */
export const FIELD_WORDS: ReadonlyMap<string, FieldWords> = new Map(
  (JSON.parse(readFileSync(FILE, 'utf8')) as FieldWordsFile).services.map((words) => [words.id, words]),
)
