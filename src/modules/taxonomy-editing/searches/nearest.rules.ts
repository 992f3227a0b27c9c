import { detectConcepts, fold, isSyllable, type Lexicon, words } from '../../../platform/search/index.js'
import { sectorConcept, serviceConcept, type Taxonomy, TERM_KINDS, type TermKind } from '../../taxonomy/index.js'
import { entriesOf } from '../acts/acts.rules.js'
import type { Entry, WordList } from '../acts/acts.types.js'

/** An entry that a phrase may be a name of. */
export interface Nearest {
  kind: TermKind
  entry: Entry
}

/** Below this two phrases have no more in common than any two have. */
const ALIKE = 0.35

interface Known extends Nearest {
  concept: string
  phrases: ReadonlySet<string>[]
}

const known = new WeakMap<Taxonomy, Known[]>()

/** The entries that are named most like a phrase, or that it describes, the nearest first. */
export function nearestEntries(phrase: string, taxonomy: Taxonomy, lexicon: Lexicon, limit: number): Nearest[] {
  const entries = known.get(taxonomy) ?? compiled(taxonomy)
  known.set(taxonomy, entries)
  const described = new Map(detectConcepts(phrase, lexicon).found.map(({ id, weight }) => [id, weight]))
  const parts = pairsOf(phrase)
  return entries
    .map((one) => {
      const likeness = Math.max(0, ...one.phrases.map((other) => likenessOf(parts, other)))
      return { one, score: Math.max(likeness >= ALIKE ? likeness : 0, described.get(one.concept) ?? 0) }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.one.concept < b.one.concept ? -1 : 1))
    .slice(0, limit)
    .map(({ one: { kind, entry } }) => ({ kind, entry }))
}

function compiled(taxonomy: Taxonomy): Known[] {
  return TERM_KINDS.flatMap((kind) =>
    entriesOf(taxonomy, kind).map((entry) => ({
      ...{ kind, entry, concept: (kind === 'service' ? serviceConcept : sectorConcept)(entry.id) },
      phrases: [entry.name.vi, entry.name.en, ...entry.synonyms, ...entry.abbreviations].map(pairsOf),
    })),
  )
}

/** The pairs of neighbouring letters of a phrase without accents. */
function pairsOf(phrase: string): ReadonlySet<string> {
  const text = ` ${fold(phrase).replace(/\s+/g, ' ').trim()} `
  return new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)))
}

/** Dice's coefficient of two sets, 0 to 1. */
function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0
  for (const pair of one) if (other.has(pair)) common++
  return (2 * common) / (one.size + other.size)
}

/** Where a phrase belongs: one word that is no syllable of Vietnamese, and short, is a short form. */
export function listFor(phrase: string): WordList {
  const [only, second] = words(phrase)
  return only && !second && !isSyllable(only.folded) && only.folded.length <= 6 ? 'abbreviations' : 'synonyms'
}
