import { detectConcepts, fold, type Lexicon } from '../../platform/search/index.js'
import { sectorConcept, serviceConcept } from './lexicon.rules.js'
import { type Taxonomy, TERM_KINDS, type Term, type TermKind } from './taxonomy.types.js'

/** An entry that a phrase may be a name of. */
export interface NearTerm {
  kind: TermKind
  entry: Term
}

/** Below this two phrases have no more in common than any two have. */
const ALIKE = 0.35

interface Known extends NearTerm {
  concept: string
  phrases: ReadonlySet<string>[]
}

const known = new WeakMap<Taxonomy, Known[]>()

/** The entries that are named most like a phrase, at least `least` (0 to 1) so, or that it describes, the nearest first. */
export function nearestTerms(
  phrase: string,
  taxonomy: Taxonomy,
  lexicon: Lexicon,
  limit: number,
  least = ALIKE,
): NearTerm[] {
  const described = new Map(detectConcepts(phrase, lexicon).found.map(({ id, weight }) => [id, weight]))
  return ranked(phrase, taxonomy, least, described).slice(0, limit)
}

/** The entries whose names a phrase is nearly spelt like, the nearest first. `least`: 0 (anything) to 1 (the same letters). */
export const likeSpelt = (phrase: string, taxonomy: Taxonomy, least: number): NearTerm[] =>
  ranked(phrase, taxonomy, least, new Map())

function ranked(phrase: string, taxonomy: Taxonomy, least: number, described: ReadonlyMap<string, number>): NearTerm[] {
  const entries = known.get(taxonomy) ?? compiled(taxonomy)
  known.set(taxonomy, entries)
  const parts = pairsOf(phrase)
  return entries
    .map((one) => {
      const likeness = Math.max(0, ...one.phrases.map((other) => likenessOf(parts, other)))
      return { one, score: Math.max(likeness, described.get(one.concept) ?? 0) }
    })
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || (a.one.concept < b.one.concept ? -1 : 1))
    .map(({ one: { kind, entry } }) => ({ kind, entry }))
}

function compiled(taxonomy: Taxonomy): Known[] {
  return TERM_KINDS.flatMap((kind) =>
    (kind === 'service' ? taxonomy.services : taxonomy.sectors).map((entry) => ({
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
