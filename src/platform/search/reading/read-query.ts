import type { WordForms } from '../analyser/forms.js'
import { isStopword } from '../analyser/stopwords.js'
import { flatten, type Token } from '../analyser/tokenise.js'
import type { CompiledLexicon } from '../lexicon/compile.js'
import type { Phrase, PhraseMatch } from '../lexicon/phrases.js'
import type { Catalogue } from './catalogue.js'
import { type Alternative, plainWord, type QueryWord, type Reading } from './reading.js'
import { repairWord } from './repair.js'
import { readShortForm, type ShortForm } from './short-form.js'

/** A concept's other phrases count a little less than the words typed. */
const SYNONYM = 0.85
/** The short form itself is as good as what it stands for. */
const SAME = 1
const SLIP = 0.5
/** Words further on are taken as they are: a text that long says its matter more than once. */
const MAX_REPAIRED = 32
/** A query in which the same short form stands over and over has more ways to be read than it is worth looking at. */
const MAX_ALTERNATIVES = 100
/** Among more words than this only plain slips are repaired. */
const FEW_WORDS = 6

/**
 * Understands the words of a query: writes out abbreviations, repairs unknown words, and finds what else the phrases may be
 * called. Known words stay as typed.
 */
export function readQuery(tokens: readonly Token[], lexicon: CompiledLexicon, catalogue: Catalogue): Reading {
  const typed = flatten(tokens)
  const words: QueryWord[] = []
  const alternatives: Alternative[] = []
  /** By typed word: the first word it was read as. */
  const place: number[] = []
  let doubtful: { from: number; to: number; words: readonly QueryWord[] } | undefined
  let changed = false

  for (let at = 0; at < typed.length; ) {
    const match = at < MAX_REPAIRED ? lexicon.trie.longestAt(typed, at) : null
    const length = match?.length ?? 1
    const group = typed.slice(at, at + length)
    const from = words.length
    for (let i = 0; i < length; i++) place.push(from + i)
    const written = match && readShortForm(match, typed, at, lexicon, catalogue)
    if (match && written) {
      const joined = group[0]?.joined === true
      words.push(...phraseOf(written.reading, joined))
      for (let i = 0; i < length; i++) place[at + i] = from
      alternatives.push(...otherReadings(match, written, { from, to: words.length }))
      const [other] = written.others
      if (other) doubtful ??= { from, to: words.length, words: phraseOf(other, joined) }
      changed = true
    } else if (match) words.push(...group.map(plainWord))
    else changed = readWord(typed, at, words, catalogue) || changed
    at += length
  }
  place.push(words.length)
  alternatives.push(...compounds(tokens, place, catalogue), ...synonyms(words, lexicon), ...glued(words, catalogue))
  return {
    words,
    alternatives: alternatives.slice(0, MAX_ALTERNATIVES),
    changed,
    otherwise: doubtful ? [...words.slice(0, doubtful.from), ...doubtful.words, ...words.slice(doubtful.to)] : null,
  }
}

const phraseOf = ({ words }: Phrase, joined: boolean): QueryWord[] =>
  words.map((word, i) => plainWord({ ...word, joined: i > 0 || joined }))

/** The short form as typed, and what else it may stand for. */
function otherReadings(
  match: PhraseMatch,
  { others }: ShortForm,
  { from, to }: Pick<Alternative, 'from' | 'to'>,
): Alternative[] {
  const short = match.phrases[0]
  const asTyped = short ? [{ from, to, phrase: keysOf(short.words), weight: SAME }] : []
  return [...asTyped, ...others.map((reading) => ({ from, to, phrase: keysOf(reading.words), weight: SYNONYM }))]
}

/** Reads one word that is in no phrase; true when it had to be repaired. */
function readWord(typed: readonly Token[], at: number, words: QueryWord[], catalogue: Catalogue): boolean {
  const token = typed[at]
  if (!token) return false
  const last = at === typed.length - 1
  if (at >= MAX_REPAIRED) {
    words.push(plainWord(token))
    return false
  }
  const known = isStopword(token) || catalogue.knows(token) || (last && catalogue.hasPrefix(token.folded))
  const repair =
    known || /\d{3}/u.test(token.folded)
      ? null
      : repairWord(token, { before: words.at(-1), after: typed[at + 1] }, catalogue, typed.length > FEW_WORDS)
  if (!repair) {
    words.push(plainWord(token))
    return false
  }
  repair.words.forEach((word, i) => {
    const variants = repair.others.map((other) => ({ key: other, weight: SLIP }))
    words.push({ ...plainWord({ ...word, joined: i > 0 || token.joined }), variants })
  })
  return true
}

/** Compounds typed as such (`node.js`) that some document has as one word. */
function compounds(tokens: readonly Token[], place: readonly number[], catalogue: Catalogue): Alternative[] {
  const found: Alternative[] = []
  let at = 0
  for (const token of tokens) {
    const width = Math.max(1, token.parts.length)
    const from = place[at]
    const to = place[at + width]
    if (token.parts.length > 0 && from !== undefined && to !== undefined && from < to && catalogue.count(token) > 0) {
      found.push({ from, to, phrase: [token.key], weight: SAME })
    }
    at += width
  }
  return found
}

/** The other phrases of the concepts named, the longest names first. */
function synonyms(words: readonly QueryWord[], { trie, phrasesOf }: CompiledLexicon): Alternative[] {
  const found: Alternative[] = []
  for (let at = 0; at < words.length && found.length < MAX_ALTERNATIVES; ) {
    const match = trie.longestAt(words, at)
    const to = at + (match?.length ?? 1)
    const isLong = to > at + 1 || (words[at]?.folded.length ?? 0) > 1
    const typed = keysOf(words.slice(at, to)).join(' ')
    const phrases = new Map<string, readonly string[]>()
    for (const { concept, reading } of match?.phrases ?? []) {
      const others = concept === null && reading && isLong ? [reading] : (phrasesOf.get(concept ?? '') ?? [])
      for (const phrase of others) phrases.set(keysOf(phrase.words).join(' '), keysOf(phrase.words))
    }
    phrases.delete(typed)
    for (const phrase of phrases.values()) found.push({ from: at, to, phrase, weight: SYNONYM })
    at = to
  }
  return found
}

/** Neighbours that some document writes as one word (`phần mềm`, `phanmem`). */
function glued(words: readonly QueryWord[], catalogue: Catalogue): Alternative[] {
  return words.flatMap((word, at) => {
    const next = words[at + 1]
    if (!next?.joined) return []
    const key = word.folded + next.folded
    const together: WordForms = { text: key, exact: key, folded: key, key, accented: false }
    return key.length >= 4 && catalogue.count(together) > 0
      ? [{ from: at, to: at + 2, phrase: [key], weight: SAME }]
      : []
  })
}

const keysOf = (words: readonly WordForms[]) => words.map(({ key }) => key)
