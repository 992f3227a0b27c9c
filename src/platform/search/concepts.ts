import { isSyllable } from './analyser/syllable.js'
import { type Token, words } from './analyser/tokenise.js'
import { getOrCreate } from './get-or-create.js'
import { type CompiledLexicon, compileLexicon } from './lexicon/compile.js'
import { byContext } from './lexicon/context.js'
import { cueEvidence } from './lexicon/cue-evidence.js'
import { expandShorthands } from './lexicon/expand.js'
import { negatedWords } from './lexicon/negation.js'
import type { Phrase } from './lexicon/phrases.js'
import { profileEvidence } from './lexicon/profiles.js'
import type { Lexicon, Span, WeightedConcept } from './port.js'

/** A concept and the words of the text that say so. */
export interface DetectedConcept extends WeightedConcept {
  /** Named outright, or told by how the pain is described. */
  by: 'term' | 'cue'
  /** Ascending, not overlapping; offsets into the text as given. */
  spans: readonly Span[]
}

export interface Detection {
  /** By descending weight, then id. */
  found: readonly DetectedConcept[]
  /** Mentioned only to say that it is not wanted ("không cần app"). */
  negated: readonly DetectedConcept[]
}

/** One sign of a concept. */
export interface Evidence {
  concept: string
  weight: number
  by: 'term' | 'cue'
  spans: readonly Span[]
  negated: boolean
}

/**
 * Finds the lexicon's concepts in a need's text: terms and abbreviations, with or without accents, the longest phrase first, and
 * the cues by which an owner describes a pain, read loosely. What a negation covers is reported apart.
 */
export function detectConcepts(text: string, lexicon: Lexicon): Detection {
  const compiled = compileLexicon(lexicon)
  const plain = words(text)
  const written = expandShorthands(plain, compiled.trie)
  const negated = negatedWords(written)
  const evidence = [...termEvidence(plain, compiled), ...termEvidence(written, compiled)].map((sign) => ({
    ...sign,
    negated: written.some((word, i) => negated[i] === true && word.start === sign.spans[0]?.start),
  }))
  const positive = written.filter((_, i) => !negated[i])
  evidence.push(...cueEvidence(positive, compiled.cues), ...profileEvidence(positive, compiled.profiles))
  const found = combine(evidence.filter((sign) => !sign.negated))
  const ids = new Set(found.filter(({ by }) => by === 'term').map(({ id }) => id))
  const unwanted = combine(evidence.filter((sign) => sign.negated && !ids.has(sign.concept)))
  const refused = new Set(unwanted.map(({ id }) => id))
  return { found: found.filter(({ id }) => !refused.has(id)), negated: unwanted }
}

function termEvidence(text: readonly Token[], { trie, profiles }: CompiledLexicon): Evidence[] {
  const evidence: Evidence[] = []
  for (let at = 0; at < text.length; ) {
    const match = trie.longestAt(text, at, (phrase) => phrase.kind !== 'shorthand')
    const first = text[at]
    const last = text[at + (match?.length ?? 1) - 1]
    if (match && first && last) {
      const span = { start: first.start, end: last.end }
      const { phrases, certain } = byContext(match.phrases, text, { at, length: match.length }, profiles)
      const meant = certain ? phrases.filter((phrase) => !losesTo(phrase, phrases[0])) : phrases
      const concepts = new Set(meant.map(({ concept }) => concept)).size
      for (const phrase of meant) {
        if (phrase.concept === null) continue
        evidence.push({
          concept: phrase.concept,
          weight: (strength(phrase) / Math.sqrt(concepts)) * (phrase === meant[0] ? 1 : LESS_LIKELY),
          by: 'term',
          spans: [span],
          negated: false,
        })
      }
    }
    at += match?.length ?? 1
  }
  return evidence
}

/** Of the meanings of a short form that nothing decides, those that are not the first count a little less. */
const LESS_LIKELY = 0.95

/** Whether a meaning of a short form gives way to the likeliest: a service and a trade may both be meant. */
const losesTo = (phrase: Phrase, likeliest: Phrase | undefined): boolean =>
  phrase !== likeliest && phrase.kind === 'abbreviation' && kindOf(phrase) === (likeliest && kindOf(likeliest))

/** `service` of `service:accounting`. */
const kindOf = ({ concept }: Phrase) => concept?.split(':', 1)[0]

/** One short syllable may be many things; several words together are seldom something else. */
function strength({ words: [first, ...rest] }: Phrase): number {
  if (rest.length > 0) return 0.9
  const ambiguous = first !== undefined && (isSyllable(first.folded) || first.folded.length <= 2)
  return ambiguous ? 0.45 : 0.8
}

/** Signs of one concept add up: the strongest counts whole, each further one takes away some of the remaining doubt. */
function combine(evidence: readonly Evidence[]): DetectedConcept[] {
  const byConcept = new Map<string, Evidence[]>()
  for (const sign of evidence) {
    getOrCreate(byConcept, sign.concept, () => []).push(sign)
  }
  return [...byConcept]
    .map(([id, signs]) => summarise(id, signs))
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
}

const FURTHER_SIGN = 0.3

function summarise(id: string, signs: Evidence[]): DetectedConcept {
  const distinct = signs.filter(
    (sign, i) => signs.findIndex((other) => other.spans[0]?.start === sign.spans[0]?.start) === i,
  )
  const weights = distinct.map(({ weight }) => weight).sort((a, b) => b - a)
  const doubt = weights.reduce((rest, weight, i) => rest * (1 - (i === 0 ? weight : weight * FURTHER_SIGN)), 1)
  const by = signs.some((sign) => sign.by === 'term') ? 'term' : 'cue'
  // Where it is named, that is the place; words that merely go with it may stand anywhere.
  const telling = signs.filter((sign) => sign.by === by)
  return { id, weight: 1 - doubt, by, spans: mergeSpans(telling.flatMap(({ spans }) => spans)) }
}

function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1)
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else merged.push({ ...span })
  }
  return merged
}
