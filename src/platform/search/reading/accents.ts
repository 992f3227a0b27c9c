import type { CompiledLexicon } from '../lexicon/compile.js'
import type { Catalogue } from './catalogue.js'
import type { QueryWord } from './reading.js'

/** The words with accents put back: as the lexicon writes the phrase, else as the catalogue usually spells the word, else as typed. */
export function wordsWithAccents(words: readonly QueryWord[], lexicon: CompiledLexicon, catalogue: Catalogue): string {
  const shown: string[] = []
  for (let at = 0; at < words.length; ) {
    const match = lexicon.trie.longestAt(words, at, ({ kind }) => kind === 'term')
    const phrase = match?.phrases[0]
    for (let i = 0; i < (match?.length ?? 1); i++) {
      const word = words[at + i]
      if (word)
        shown.push(word.accented ? word.text : (phrase?.words[i]?.text ?? catalogue.usual(word.folded) ?? word.text))
    }
    at += match?.length ?? 1
  }
  return shown.join(' ')
}
