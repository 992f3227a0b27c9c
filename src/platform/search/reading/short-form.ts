import type { WordForms } from '../analyser/forms.js'
import { isSyllable } from '../analyser/syllable.js'
import type { CompiledLexicon } from '../lexicon/compile.js'
import { byContext } from '../lexicon/context.js'
import type { Phrase, PhraseMatch } from '../lexicon/phrases.js'
import type { Catalogue } from './catalogue.js'

/** What a short form is read as. */
export interface ShortForm {
  reading: Phrase
  /** What else it may stand for, the likelier first; empty where the words around decide. */
  others: readonly Phrase[]
}

/** What it says for a meaning that the catalogue has it, and that its words stand beside the neighbours. */
const IN_USE = 0.1
const BESIDE = 0.5

/**
 * What the short form at word `at` is written out as, or null where it stays as typed: when it is a name or a word of its own, when
 * it is an English one that firms use as it is (`CRM`), and when its letters do not spell the phrase (`web`, `lập trình`: another
 * name, which finds the same without being replaced).
 */
export function readShortForm(
  match: PhraseMatch,
  typed: readonly WordForms[],
  at: number,
  { profiles }: CompiledLexicon,
  catalogue: Catalogue,
): ShortForm | null {
  const [first, ...rest] = typed.slice(at, at + match.length)
  if (!first || match.phrases.some(({ kind }) => kind === 'term')) return null
  const spelt = distinct(match.phrases.filter(({ spelt }) => spelt))
  const before = typed[at - 1]
  const after = typed[at + match.length]
  if (rest.length === 0) {
    if (first.folded.length === 1 && !isAmongSyllables(before, after)) return null
    const inUse = catalogue.count(first) > 0
    if (inUse && (isSyllable(first.folded) || !spelt.some(isVietnamese))) return null
  }
  const candidates = spelt.length > 0 || rest.length > 0 ? spelt : distinct(match.phrases)
  const { phrases, certain } = byContext(candidates, typed, { at, length: match.length }, profiles, ({ reading }) =>
    reading ? evidence(reading.words, before, after, catalogue) : 0,
  )
  const [reading, ...others] = phrases.flatMap((phrase) => phrase.reading ?? [])
  return reading ? { reading, others: certain ? [] : others } : null
}

/** Phrases with different readings, in order. */
function distinct(phrases: readonly Phrase[]): Phrase[] {
  const seen = new Set<string>()
  return phrases.filter(({ reading }) => {
    const words = reading?.words.map(({ exact }) => exact).join(' ')
    return words !== undefined && !seen.has(words) && seen.add(words)
  })
}

function evidence(
  words: readonly WordForms[],
  before: WordForms | undefined,
  after: WordForms | undefined,
  catalogue: Catalogue,
): number {
  const first = words[0]
  const last = words.at(-1)
  const inUse = words.every((word, i) => i === 0 || catalogue.pairCount(words[i - 1]?.key ?? '', word.key) > 0)
  const beside =
    Number(before !== undefined && first !== undefined && catalogue.pairCount(before.key, first.key) > 0) +
    Number(after !== undefined && last !== undefined && catalogue.pairCount(last.key, after.key) > 0)
  return (inUse ? IN_USE : 0) + beside * BESIDE
}

const isVietnamese = ({ reading }: Phrase) => reading?.words.every(({ folded }) => isSyllable(folded)) === true

/** `k biết` and `tốt k`, but not `K-12`. */
const isAmongSyllables = (...neighbours: (WordForms | undefined)[]) =>
  neighbours.every((word) => !word || (word.folded.length > 1 && isSyllable(word.folded))) &&
  neighbours.some((word) => word !== undefined)
