import { z } from 'zod'
import { line, paragraphs, termId } from '../../../kernel/fields.js'
import { slugify } from '../../../kernel/slug.js'
import { type Taxonomy, TERM_KINDS, type TermKind } from '../../taxonomy/index.js'
import { sameWord, uniqueWords } from '../acts/acts.rules.js'
import { type Entry, WORD_LISTS } from '../acts/acts.types.js'

const NAME = 80
const SUMMARY = 200
const WORD = 80
const CUE = 120
const LONGEST_ID = 50
/** More than this is no list of words but a text. */
const MOST_WORDS = 80

const wordLines = (longest: number) =>
  paragraphs(MOST_WORDS * longest)
    .transform((text) => uniqueWords(text.split('\n')))
    .pipe(z.array(line(longest)).max(MOST_WORDS, 'tooMany'))
    .default([])

/** A box that is ticked or not there. */
const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on')

const version = z
  .string({ error: 'number' })
  .regex(/^\d{1,9}$/, 'number')
  .transform(Number)

export const entryForm = z.object({
  version,
  nameVi: line(NAME, 1),
  nameEn: line(NAME, 1),
  group: termId.optional(),
  summaryVi: line(SUMMARY).optional(),
  summaryEn: line(SUMMARY).optional(),
  synonyms: wordLines(WORD),
  abbreviations: wordLines(WORD),
  cues: wordLines(CUE),
  keepName: ticked,
})
export type EntryForm = z.output<typeof entryForm>

export const endForm = z.object({ version, way: z.enum(['merge', 'retire'], 'choice'), successor: termId.optional() })
export const saveForm = z.object({ act: z.enum(['save', 'discard'], 'choice'), version })
export const kindParam = z.enum(TERM_KINDS)

/** The entry as the form sends it. `from`: as it was read, null for a new one. */
export function entryFrom(form: EntryForm, kind: TermKind, from: Entry | null): Entry {
  const name = { vi: form.nameVi, en: form.nameEn }
  const former =
    from && form.keepName
      ? Object.values(from.name).filter((word) => !Object.values(name).some((now) => sameWord(now, word)))
      : []
  return {
    id: from?.id ?? slugify(form.nameEn, 'entry').slice(0, LONGEST_ID).replace(/-+$/, ''),
    name,
    synonyms: uniqueWords([...form.synonyms, ...former]),
    abbreviations: form.abbreviations,
    cues: form.cues,
    ...(kind === 'service' && {
      group: form.group ?? from?.group ?? '',
      summary: { vi: form.summaryVi ?? '', en: form.summaryEn ?? '' },
    }),
  }
}

/** The form's fields as they stand for an entry. */
export function typedEntry(entry: Entry): Record<string, unknown> {
  return {
    ...{ nameVi: entry.name.vi, nameEn: entry.name.en, group: entry.group },
    ...{ summaryVi: entry.summary?.vi, summaryEn: entry.summary?.en, keepName: 'on' },
    ...Object.fromEntries(WORD_LISTS.map((list) => [list, entry[list].join('\n')])),
  }
}

export const LIMITS = { name: NAME, summary: SUMMARY, word: MOST_WORDS * WORD, cue: MOST_WORDS * CUE } as const

/** An id that has never been used, made of the English name. */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  for (let n = 2; ; n++) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`
}

export const groupKnown = ({ groups }: Taxonomy, id: string | undefined): boolean =>
  id !== undefined && groups.some((group) => group.id === id)
