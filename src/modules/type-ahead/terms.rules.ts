import { fold, words } from '../../platform/search/index.js'
import { likeSpelt, type Taxonomy, type Term, type TermKind } from '../taxonomy/index.js'

/** An entry of the taxonomy that what was typed begins to name. */
export interface NamedTerm {
  kind: TermKind
  id: string
  /** The other name or short form by which it was found; null where it is its own name. */
  by: string | null
}

interface Phrase {
  text: string
  /** Whether it is the entry's name in either language. */
  name: boolean
  words: readonly { folded: string; key: string; exact: string; accented: boolean }[]
  glued: string
}

interface Known {
  kind: TermKind
  id: string
  phrases: readonly Phrase[]
}

const compiled = new WeakMap<Taxonomy, readonly Known[]>()

/** Phrases written together are told apart from this length on: shorter ones begin too many words. */
const LEAST_GLUED = 4
/** As much alike as a name with a slip or two is to the name. */
const NEARLY = 0.5
/** Further ones are seldom what was meant. */
const MOST_NEARLY = 2

/**
 * The entries that what was typed begins to name, the likeliest first: by the beginning of their names, other names and short forms in
 * either language, without accents, or written together. Where there is none, those whose names are spelt nearly so.
 */
export function termsNamed(typed: string, taxonomy: Taxonomy, kinds: readonly TermKind[], limit: number): NamedTerm[] {
  const entries = compiled.get(taxonomy) ?? compile(taxonomy)
  compiled.set(taxonomy, entries)
  const asked = { words: words(typed), glued: glue(typed) }
  if (asked.words.length === 0) return []
  const found = entries
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ kind, id, phrases }) => {
      const begun = phrases
        .map((phrase) => ({ phrase, score: scoreOf(asked, phrase) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
      const [best] = begun
      if (!best) return []
      const by = begun.some(({ phrase }) => phrase.name) ? null : best.phrase.text
      return [{ score: best.score, term: { kind, id, by } }]
    })
    .sort((a, b) => b.score - a.score)
    .map(({ term }) => term)
  if (found.length > 0) return found.slice(0, limit)
  return likeSpelt(typed, taxonomy, NEARLY)
    .filter(({ kind }) => kinds.includes(kind))
    .slice(0, Math.min(limit, MOST_NEARLY))
    .map(({ kind, entry }) => ({ kind, id: entry.id, by: null }))
}

function compile(taxonomy: Taxonomy): Known[] {
  const known = (kind: TermKind, entry: Term): Known => ({
    kind,
    id: entry.id,
    phrases: [
      ...[entry.name.vi, entry.name.en].map((text) => phraseOf(text, true)),
      ...[...entry.synonyms, ...entry.abbreviations].map((text) => phraseOf(text, false)),
    ],
  })
  return [
    ...taxonomy.services.map((entry) => known('service', entry)),
    ...taxonomy.sectors.map((entry) => known('sector', entry)),
  ]
}

const phraseOf = (text: string, name: boolean): Phrase => ({ text, name, words: words(text), glued: glue(text) })

const glue = (text: string) => fold(text).replace(/[^\p{L}\p{N}]/gu, '')

/** How surely the words begin the phrase, 0 where they do not. */
function scoreOf(asked: Pick<Phrase, 'words' | 'glued'>, phrase: Phrase): number {
  const own = phrase.name ? 0.5 : 0
  if (asked.glued === phrase.glued) return 4 + own
  if (standsAt(asked.words, phrase.words, 0)) return 3 + own
  if (phrase.words.some((_, at) => at > 0 && standsAt(asked.words, phrase.words, at))) return 2 + own
  if (asked.glued.length >= LEAST_GLUED && phrase.glued.startsWith(asked.glued)) return 1 + own
  return 0
}

/** Whether every word that was typed begins a word of the name, or all of them written together begin the name. */
export function beginsName(typed: string, name: string): boolean {
  const of = words(name)
  const asked = words(typed)
  if (asked.length === 0) return false
  return (
    glue(name).startsWith(glue(typed)) ||
    asked.every((word) => of.some(({ folded, key }) => folded.startsWith(word.folded) || key === word.key))
  )
}

/** Whether the words stand in the phrase from a place on; the last one may go on. Accents that were typed must be the phrase's. */
function standsAt(asked: Phrase['words'], phrase: Phrase['words'], from: number): boolean {
  return asked.every((word, i) => {
    const target = phrase[from + i]
    if (!target) return false
    if (i < asked.length - 1) return target.key === word.key && (!word.accented || target.exact === word.exact)
    return target.folded.startsWith(word.folded) || target.key === word.key
  })
}
