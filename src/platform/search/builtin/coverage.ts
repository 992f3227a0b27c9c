import { isStopword } from '../analyser/stopwords.js'
import { isSyllable } from '../analyser/syllable.js'
import { getOrCreate } from '../get-or-create.js'
import type { Reading } from '../reading/reading.js'
import type { Plan, PlanNode } from './plan.js'

/** A query of more ideas than this is read as a sentence: nobody expects a document to hold all of it. */
const SHORT = 3
/** The part of the words' rarity that a document needs to answer a sentence. */
const SENTENCE = 0.4

/** How much a document that lacks words loses where the query is short; with the square of the ideas it loses less. */
const LACKING = 4

/** Which of the documents found answer the query. */
export interface Coverage {
  slots: readonly number[]
  /** Whether some document has all the words. */
  complete: boolean
}

/**
 * Chooses the documents to show among those with at least one word: those with all of them; for a sentence also those with a good
 * part of what the words weigh. When none has all, all of them for a sentence and none for a short query.
 */
export function chooseByCoverage(
  slots: readonly number[],
  mask: (slot: number) => number,
  plan: Plan,
  reading: Reading,
): Coverage {
  const hasAll = (slot: number) => (mask(slot) & plan.required) === plan.required
  const all = slots.filter(hasAll)
  const complete = all.length > 0
  if (!isSentence(reading)) return { slots: all, complete }
  if (!complete) return { slots, complete }
  const share = shareOfRarity(plan)
  return { slots: slots.filter((slot) => hasAll(slot) || share(mask(slot)) >= SENTENCE), complete }
}

/** Whether a query has so many ideas that a document may answer it with a part of them. */
export const isSentence = (reading: Reading): boolean => ideas(reading) > SHORT

/**
 * What the score of a document is multiplied by, by the words it has: the part of their rarity, to a power that falls with the number
 * of ideas. Of three words each is meant; of ten some will be said otherwise.
 */
export function coverageFactor(plan: Plan, reading: Reading): (mask: number) => number {
  const told = reading.words.filter((word) => !isStopword(word))
  const power = Math.min(1, LACKING / Math.max(1, ideas({ ...reading, words: told, alternatives: [] })) ** 2)
  const share = shareOfRarity(plan)
  const known = new Map<number, number>()
  return (mask) => getOrCreate(known, mask & plan.required, () => share(mask) ** power)
}

/** How many things a query speaks of: a phrase of the lexicon is one, a Vietnamese word has two syllables. */
function ideas({ words, alternatives }: Reading): number {
  let count = 0
  for (let at = 0; at < words.length; ) {
    const phrase = alternatives.reduce((end, { from, to }) => (from === at ? Math.max(end, to) : end), at)
    const word = words[at]
    count += phrase > at || !word || !isSyllable(word.folded) ? 1 : 0.5
    at = Math.max(phrase, at + 1)
  }
  return count
}

/** The part of the required words' rarity that a mask holds, 0 to 1. */
function shareOfRarity(plan: Plan): (mask: number) => number {
  const words = plan.nodes.flatMap(requiredWords)
  const total = words.reduce((sum, { rarity }) => sum + rarity, 0)
  if (total === 0) return () => 1
  return (mask) => words.reduce((sum, word) => sum + ((mask & word.mask) !== 0 ? word.rarity : 0), 0) / total
}

function requiredWords(node: PlanNode): { mask: number; rarity: number }[] {
  if (node.kind === 'group') return node.children.flatMap(requiredWords)
  return node.mask === 0 ? [] : [{ mask: node.mask, rarity: node.rarity }]
}
