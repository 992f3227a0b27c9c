import { textsOf } from '../builtin/document-terms.js'
import type { CompiledLexicon } from '../lexicon/compile.js'
import type { Hit, IndexSchema, SearchResult } from '../port.js'
import { usageIn, wordsWithAccents } from './accents.js'
import type { Catalogue } from './catalogue.js'
import type { Reading } from './reading.js'
import { likelierWords } from './suggest.js'

type Told = Pick<SearchResult, 'readAs' | 'suggestion'>

/** Nothing to tell: the words were searched for as they are. */
export const AS_TYPED: Told = { readAs: null, suggestion: null }

/** Hits whose spelling is looked at. */
const MAX_HITS = 5

/** The searched texts of the first hits. */
export const textsOfFirst = (hits: readonly Pick<Hit, 'document'>[], { text }: Pick<IndexSchema, 'text'>): string[] =>
  hits.slice(0, MAX_HITS).flatMap(({ document }) => Object.keys(text).flatMap((field) => textsOf(document[field])))

/** What was found for a reading. */
interface Found {
  total: number
  /** Texts of the first hits: how they write the words is how the words are shown. */
  texts: readonly string[]
}

/** Tells how a query was read and what else may have been meant, accents put back from what was found. */
export function explain(
  reading: Reading,
  { total, texts }: Found,
  lexicon: CompiledLexicon,
  catalogue: Catalogue,
): Told {
  const usage = usageIn(texts)
  const shown = (words: Reading['words']) => wordsWithAccents(words, usage, lexicon, catalogue)
  const other = reading.changed ? reading.otherwise : likelierWords(reading.words, total, lexicon, catalogue)
  return { readAs: reading.changed ? shown(reading.words) : null, suggestion: other && shown(other) }
}
