import { words as wordsOf } from '../analyser/tokenise.js'
import { getOrCreate } from '../get-or-create.js'
import type { CompiledLexicon } from '../lexicon/compile.js'
import type { Catalogue } from './catalogue.js'
import type { QueryWord } from './reading.js'

/** How texts write a word that stands before or after another; null where they do not have the two together. */
export type Usage = (word: QueryWord, before: QueryWord | undefined, after: QueryWord | undefined) => string | null

/**
 * The words with accents put back: as the lexicon writes the phrase, else as the texts write the word beside its neighbours, else as the
 * catalogue usually spells it, else as typed.
 */
export function wordsWithAccents(
  words: readonly QueryWord[],
  usage: Usage,
  lexicon: CompiledLexicon,
  catalogue: Catalogue,
): string {
  const shown: string[] = []
  for (let at = 0; at < words.length; ) {
    const match = lexicon.trie.longestAt(words, at, ({ kind }) => kind === 'term')
    const phrase = match?.phrases[0]
    for (let i = 0; i < (match?.length ?? 1); i++) {
      const word = words[at + i]
      if (!word) continue
      const spelt = () => usage(word, words[at + i - 1], words[at + i + 1]) ?? catalogue.usual(word.folded)
      shown.push(word.accented ? word.text : (phrase?.words[i]?.text ?? spelt() ?? word.text))
    }
    at += match?.length ?? 1
  }
  return shown.join(' ')
}

/** As much is read of texts to learn how they write words, in UTF-16 units. */
const MAX_READ = 6000

/** How the texts found write the words asked for. */
export function usageIn(texts: readonly string[]): Usage {
  let counts: ReadonlyMap<string, ReadonlyMap<string, number>> | undefined
  return (word, before, after) => {
    counts ??= countSpellings(texts)
    const votes = new Map<string, number>()
    for (const place of [
      before && afterWord(before.folded, word.folded),
      after && beforeWord(word.folded, after.folded),
    ])
      for (const [text, count] of (place !== undefined && counts.get(place)) || [])
        votes.set(text, (votes.get(text) ?? 0) + count)
    const [most] = [...votes].sort((a, b) => b[1] - a[1])
    return most?.[0] ?? null
  }
}

const afterWord = (before: string, word: string) => `${before} >${word}`
const beforeWord = (word: string, after: string) => `<${word} ${after}`

/** By word and neighbour, how often it is spelt in which way. */
function countSpellings(texts: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts = new Map<string, Map<string, number>>()
  const add = (place: string, text: string) => {
    const spellings = getOrCreate(counts, place, () => new Map<string, number>())
    spellings.set(text, (spellings.get(text) ?? 0) + 1)
  }
  let left = MAX_READ
  for (const text of texts) {
    const read = wordsOf(text.slice(0, left))
    read.forEach((word, at) => {
      const before = read[at - 1]
      if (!before || !word.joined) return
      add(afterWord(before.folded, word.folded), word.text)
      add(beforeWord(before.folded, word.folded), before.text)
    })
    left -= Math.min(left, text.length)
  }
  return counts
}
