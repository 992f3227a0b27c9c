import type { WordForms } from '../analyser/forms.js'
import { isSyllable } from '../analyser/syllable.js'
import type { Token } from '../analyser/tokenise.js'
import type { Evidence } from '../concepts.js'
import { getOrCreate } from '../get-or-create.js'
import type { Span } from '../port.js'
import { uniqueFeatures } from './features.js'
import { agreesInAccents, phraseWords } from './phrases.js'

/** A concept that has a feature in its phrases: in how many, and the words as written there. */
interface Holder {
  concept: string
  phrases: number
  words: readonly WordForms[]
}

/** All words and pairs of a lexicon's phrases, by the concepts they speak for. */
export interface Profiles {
  holders: ReadonlyMap<string, readonly Holder[]>
  concepts: number
}

/** A syllable is half a word. */
const SYLLABLE = 0.5
/** What each further phrase of a concept adds to a feature, times the logarithm of their number. */
const REPEATED = 1.2

/** Collects the words of each concept's terms and cues. */
export function profileConcepts(
  concepts: readonly { id: string; terms: readonly string[]; cues: readonly string[] }[],
): Profiles {
  const holders = new Map<string, Holder[]>()
  for (const { id, terms, cues } of concepts) {
    const own = new Map<string, Holder>()
    for (const text of [...terms, ...cues]) {
      for (const { key, words } of uniqueFeatures(phraseWords(text))) {
        getOrCreate(own, key, () => ({ concept: id, phrases: 0, words })).phrases++
      }
    }
    for (const [key, holder] of own) getOrCreate(holders, key, () => []).push(holder)
  }
  return { holders, concepts: concepts.length }
}

/** A line or two of a text is read together; what stands further apart is another matter. */
const WINDOW = 24
const STRIDE = 12
/** What chance shares of a concept's words add up to. */
const CHANCE = 0.2
/** How much more makes it two thirds as sure as it can get. */
const SCALE = 2.2
/** The most that words in common can say: less than a name or a cue. */
const STRONGEST = 0.55

interface Tally {
  sum: number
  spans: Span[]
  /** Whether it is more than one syllable, which may be many things. */
  solid: boolean
}

/**
 * Signs of concepts by the company of words: how many of a concept's words and pairs, those that few concepts share the weightier,
 * stand together in the text. Weaker than a cue; of concepts of one kind those much weaker than the strongest are chance.
 */
export function profileEvidence(text: readonly Token[], profiles: Profiles): Evidence[] {
  const best = new Map<string, Tally>()
  for (let from = 0; from === 0 || from + STRIDE < text.length; from += STRIDE) {
    for (const [concept, tally] of tallyWindow(text.slice(from, from + WINDOW), profiles)) {
      if (tally.solid && tally.sum > (best.get(concept)?.sum ?? 0)) best.set(concept, tally)
    }
  }
  const strongest = new Map<string, number>()
  for (const [concept, { sum }] of best)
    strongest.set(kindOf(concept), Math.max(sum, strongest.get(kindOf(concept)) ?? 0))
  return [...best].flatMap(([concept, { sum, spans }]) => {
    const relative = sum / (strongest.get(kindOf(concept)) ?? sum)
    const weight = STRONGEST * relative ** 2 * (1 - Math.exp(-Math.max(0, sum - CHANCE) / SCALE))
    return weight > 0.02 ? [{ concept, weight, by: 'cue' as const, spans, negated: false }] : []
  })
}

/** `service` of `service:accounting`. */
const kindOf = (concept: string) => concept.split(':', 1)[0] ?? ''

function tallyWindow(window: readonly Token[], { holders, concepts }: Profiles): Map<string, Tally> {
  const tallies = new Map<string, Tally>()
  for (const { key, words, from, to } of uniqueFeatures(window)) {
    const holding = holders.get(key) ?? []
    const rarity = (Math.log(concepts / holding.length) / Math.log(concepts)) ** 2
    const syllable = words.length === 1 && isSyllable(words[0]?.folded ?? '')
    const worth = rarity * (syllable ? SYLLABLE : 1)
    for (const holder of holding) {
      if (!words.every((word, i) => agreesInAccents(word, holder.words[i] ?? word))) continue
      const tally = getOrCreate(tallies, holder.concept, () => ({ sum: 0, spans: [], solid: false }))
      tally.solid ||= tally.sum > 0 || !syllable
      tally.sum += worth * (1 + REPEATED * Math.log(holder.phrases))
      tally.spans.push({ start: window[from]?.start ?? 0, end: window[to - 1]?.end ?? 0 })
    }
  }
  return tallies
}
