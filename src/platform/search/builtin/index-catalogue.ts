import { type WordForms, wordForms } from '../analyser/forms.js'
import type { CompiledLexicon } from '../lexicon/compile.js'
import type { Catalogue } from '../reading/catalogue.js'
import type { SpellingList } from './dictionary.js'
import type { InvertedIndex } from './inverted-index.js'
import { Vocabulary } from './vocabulary.js'

/** The words of a lexicon, for slips: a mistyped term still leads to what the concept is called elsewhere. */
export function lexiconVocabulary(lexicon: CompiledLexicon): Vocabulary {
  const vocabulary = new Vocabulary()
  for (const word of lexicon.words.keys()) vocabulary.add(word)
  return vocabulary
}

/** What the reader of queries knows of one index and the lexicon. */
export class IndexCatalogue implements Catalogue {
  constructor(
    private readonly index: InvertedIndex,
    private readonly lexicon: CompiledLexicon,
    private readonly lexiconWords: Vocabulary,
  ) {}

  count({ key }: WordForms): number {
    return this.index.dictionary.count(this.index.dictionary.key(key))
  }

  knows(word: WordForms): boolean {
    return this.lexicon.words.has(word.folded) || this.count(word) > 0
  }

  hasPrefix(folded: string): boolean {
    let found = false
    this.index.vocabulary.eachWith(folded, (_word, key) => {
      found = this.index.dictionary.countOf(key) > 0
      return !found
    })
    return found
  }

  hasPair(first: WordForms, second: WordForms): boolean {
    const list = this.index.dictionary.pair(first.key, second.key)
    return this.index.dictionary.count(list) > 0 || this.lexicon.pairs.has(`${first.folded} ${second.folded}`)
  }

  pairCount(first: string, second: string): number {
    return this.index.dictionary.count(this.index.dictionary.pair(first, second))
  }

  writes({ exact }: WordForms): boolean {
    return this.lexicon.spellings.has(exact) || this.index.dictionary.count(this.index.dictionary.exact(exact)) > 0
  }

  near(folded: string): { word: string; distance: number }[] {
    const inUse = this.index.vocabulary.near(folded).filter(({ word }) => this.count(wordForms(word)) > 0)
    const seen = new Set(inUse.map(({ word }) => word))
    return [...inUse, ...this.lexiconWords.near(folded).filter(({ word }) => !seen.has(word))]
  }

  usual(folded: string): string | null {
    const { dictionary } = this.index
    let total = 0
    let most: SpellingList | null = null
    for (const spelling of dictionary.spellingsOf(folded)) {
      const count = dictionary.count(spelling.list)
      total += count
      if (count > dictionary.count(most?.list)) most = spelling
    }
    return most && dictionary.count(most.list) * 3 >= total * 2 ? most.text : null
  }
}
