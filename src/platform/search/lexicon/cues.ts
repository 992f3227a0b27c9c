import type { WordForms } from '../analyser/forms.js'
import { getOrCreate } from '../get-or-create.js'
import { uniqueFeatures } from './features.js'
import { phraseWords } from './phrases.js'

/** Where a feature stands in the cues. */
interface Posting {
  cue: number
  words: readonly WordForms[]
}

/** One way an owner describes a pain. `total` is the weight of all its features. */
export interface Cue {
  concept: string
  total: number
  /** Number of words that carry meaning. */
  size: number
}

/** Cues by the words and word pairs in them, the rarer across concepts the weightier. */
export interface CueIndex {
  cues: readonly Cue[]
  /** A folded word, or two neighbours joined by a space. */
  postings: ReadonlyMap<string, readonly Posting[]>
  weightOf(feature: string): number
}

/** Pairs of neighbours say more than the same syllables apart: most Vietnamese words have two. */
const PAIR_WEIGHT = 1.2

/** Builds the index once for a lexicon version. `phrases` gives a concept's texts: its cues. */
export function indexCues(
  concepts: readonly { id: string; cues: readonly string[]; terms: readonly string[] }[],
): CueIndex {
  const conceptsWith = countConcepts(concepts)
  const weightOf = (feature: string) => {
    const rarity = Math.log(1 + concepts.length / (conceptsWith.get(feature) ?? 1))
    return feature.includes(' ') ? rarity * PAIR_WEIGHT : rarity
  }
  const cues: Cue[] = []
  const postings = new Map<string, Posting[]>()
  for (const concept of concepts) {
    for (const text of concept.cues) {
      const features = uniqueFeatures(phraseWords(text))
      for (const { key, words } of features) {
        getOrCreate(postings, key, () => []).push({ cue: cues.length, words })
      }
      const total = features.reduce((sum, { key }) => sum + weightOf(key), 0)
      cues.push({ concept: concept.id, total, size: features.filter(({ key }) => !key.includes(' ')).length })
    }
  }
  return { cues, postings, weightOf }
}

function countConcepts(
  concepts: readonly { cues: readonly string[]; terms: readonly string[] }[],
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { cues, terms } of concepts) {
    const own = new Set([...cues, ...terms].flatMap((text) => uniqueFeatures(phraseWords(text)).map(({ key }) => key)))
    for (const key of own) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
