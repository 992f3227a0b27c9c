import { fold } from '../../../platform/search/index.js'
import { type Entry, WORD_LISTS } from '../acts/acts.types.js'

/** An entry, and the word of it that was looked for where that is none of its names. */
export interface FoundEntry {
  entry: Entry
  by: string | null
}

/** Entries of which some word holds `q`, however it is accented; those by name first. All of them without words. */
export function findEntries(entries: readonly Entry[], q: string): FoundEntry[] {
  const wanted = fold(q.trim())
  if (!wanted) return entries.map((entry) => ({ entry, by: null }))
  const named = ({ id, name }: Entry) => [id, name.vi, name.en].some((word) => fold(word).includes(wanted))
  const wordOf = (entry: Entry) =>
    WORD_LISTS.flatMap((list) => entry[list]).find((word) => fold(word).includes(wanted)) ?? null
  const byName = entries.filter(named)
  const byWord = entries.filter((entry) => !named(entry))
  return [
    ...byName.map((entry) => ({ entry, by: null })),
    ...byWord.flatMap((entry) => {
      const by = wordOf(entry)
      return by === null ? [] : [{ entry, by }]
    }),
  ]
}
