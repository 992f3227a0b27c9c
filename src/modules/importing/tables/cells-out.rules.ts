import type { LocalText } from '../../../kernel/text.js'

/** How values are written into a table's cells, so that `values.rules.ts` reads them back as they were. */

/** Entries split by `|`; as a JSON array where an entry would not survive that. */
export function listCell(entries: readonly string[]): string {
  if (entries.length === 0) return ''
  const plain = entries.every((entry) => entry !== '' && entry === entry.trim() && !/[|;\n[]/.test(entry))
  return plain ? entries.join(' | ') : JSON.stringify(entries)
}

/** One language of a list of texts; where some have none in it, their places stay. */
export function textsCell(texts: readonly LocalText[], lang: 'vi' | 'en'): string {
  const entries = texts.map((text) => text[lang] ?? '')
  return entries.every((entry) => entry === '') ? '' : listCell(entries)
}

/** What not stated stays blank: it is not a "no". */
export const flagCell = (flag: boolean | undefined): string => (flag === undefined ? '' : flag ? 'yes' : 'no')

export const cell = (value: string | number | undefined): string => (value === undefined ? '' : String(value))
