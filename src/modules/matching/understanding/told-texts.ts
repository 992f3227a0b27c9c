import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lang } from '../../../kernel/text.js'
import { PROJECT_ROOT } from '../../../platform/project-root.js'

/** Texts in each language. */
export type Texts = Readonly<Record<Lang, readonly string[]>>

/** A kind of work by the texts that tell of it. */
export interface KindOfWork {
  id: string
  texts: Texts
}

/** Texts by kind of work, and what changes when one of them does. */
export interface ToldTexts {
  digest: string
  kinds(): KindOfWork[]
}

/** A data file, by its name without its ending. */
export interface TextFile {
  id: string
  content: string
}

const FOLDER = join(PROJECT_ROOT, 'src/modules/matching/data')

/** The files of a folder of the matcher's data, by name. */
export const readTexts = (folder: string): TextFile[] =>
  readdirSync(join(FOLDER, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ id: name.slice(0, -'.json'.length), content: readFileSync(join(FOLDER, folder, name), 'utf8') }))

/** Changes when a file does. */
export function digestOf(files: readonly TextFile[]): string {
  const digest = createHash('sha256')
  for (const { id, content } of files) digest.update(id).update(content)
  return digest.digest('hex')
}

/** One kind's texts of several sorts. */
export const together = (parts: readonly Texts[]): Texts => ({
  vi: parts.flatMap(({ vi }) => vi),
  en: parts.flatMap(({ en }) => en),
})
