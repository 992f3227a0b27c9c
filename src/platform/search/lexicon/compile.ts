import { memoByContent } from '../../../kernel/memo.js'
import type { Lexicon, LexiconConcept } from '../port.js'
import { type CueIndex, indexCues } from './cues.js'
import { type Phrase, type PhraseKind, PhraseTrie, phraseWords } from './phrases.js'
import { type Profiles, profileConcepts } from './profiles.js'
import { spells } from './spelling.js'

/** A lexicon made ready for reading texts and queries. */
export interface CompiledLexicon {
  version: number
  trie: PhraseTrie
  /** A concept's interchangeable phrases, terms first. */
  phrasesOf: ReadonlyMap<string, readonly Phrase[]>
  /** Words of terms and readings, folded, by the accented form they have there. */
  words: ReadonlyMap<string, string>
  /** The accented forms of all words of terms and readings. */
  spellings: ReadonlySet<string>
  /** Neighbours within terms and readings, folded, joined by a space. */
  pairs: ReadonlySet<string>
  cues: CueIndex
  profiles: Profiles
}

/** Compiles a lexicon, once for each content: versions are immutable. */
export const compileLexicon: (lexicon: Lexicon) => CompiledLexicon = memoByContent(build, 4)

/** A lexicon that knows nothing: what an engine starts with. */
export const EMPTY_LEXICON: Lexicon = { version: 0, concepts: [], abbreviations: {} }

function build(lexicon: Lexicon): CompiledLexicon {
  const trie = new PhraseTrie()
  const phrasesOf = new Map<string, Phrase[]>()
  for (const concept of lexicon.concepts) {
    const phrases = phrasesOfConcept(concept)
    phrasesOf.set(concept.id, phrases)
    for (const phrase of phrases) trie.add(phrase)
  }
  const shorthands = Object.entries(lexicon.abbreviations).map(([short, long]) => shorthand(short, long))
  for (const phrase of shorthands) trie.add(phrase)
  const all = [...[...phrasesOf.values()].flat(), ...shorthands].map((phrase) => phrase.reading ?? phrase)
  return {
    version: lexicon.version,
    trie,
    phrasesOf,
    ...vocabularyOf(all),
    cues: indexCues(lexicon.concepts),
    profiles: profileConcepts(lexicon.concepts),
  }
}

function phrasesOfConcept(concept: LexiconConcept): Phrase[] {
  const terms = unique(concept.terms).map((text) => makePhrase('term', concept.id, text))
  const first = terms[0] ?? null
  const abbreviations = unique(concept.abbreviations).map((text) => {
    const short = makePhrase('abbreviation', concept.id, text)
    const reading = terms.find((term) => term.words.length > 1 && spells(folds(short), folds(term)))
    return { ...short, reading: reading ?? first, spelt: reading !== undefined }
  })
  return [...terms, ...abbreviations].filter((phrase) => phrase.words.length > 0)
}

function shorthand(short: string, long: string): Phrase {
  const phrase = makePhrase('shorthand', null, short)
  const reading = makePhrase('term', null, long)
  return { ...phrase, reading, spelt: spells(folds(phrase), folds(reading)) }
}

function makePhrase(kind: PhraseKind, concept: string | null, text: string): Phrase {
  return { kind, concept, text, words: phraseWords(text), reading: null, spelt: false }
}

const folds = ({ words }: Phrase) => words.map(({ folded }) => folded)

const unique = (texts: readonly string[]) => [...new Set(texts.map((text) => text.normalize('NFC')))]

function vocabularyOf(phrases: readonly Phrase[]): Pick<CompiledLexicon, 'words' | 'spellings' | 'pairs'> {
  const words = new Map<string, string>()
  const spellings = new Set<string>()
  const pairs = new Set<string>()
  for (const phrase of phrases) {
    phrase.words.forEach((word, at) => {
      spellings.add(word.exact)
      if (!words.has(word.folded)) words.set(word.folded, word.text)
      const before = phrase.words[at - 1]
      if (before) pairs.add(`${before.folded} ${word.folded}`)
    })
  }
  return { words, spellings, pairs }
}
