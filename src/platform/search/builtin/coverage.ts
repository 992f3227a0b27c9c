import { isStopword } from '../analyser/stopwords.js'
import { isSyllable } from '../analyser/syllable.js'
import { getOrCreate } from '../get-or-create.js'
import type { Reading } from '../reading/reading.js'
import type { Plan, PlanNode } from './plan.js'

/** A query of more ideas than this is read as a sentence: nobody expects a document to hold all of it. */
const SHORT = 2
/** Of more than this hardly a document has all, and the other words tell what a mistyped one was. */
const LONG = 3
/** What a document must hold to answer a sentence, in ideas of middling rarity, */
const ANSWER = 1.6
/** and at least, as a part of the words' rarity. */
const LEAST = 0.3

/** Sums of the same numbers in another order differ by less. */
const ROUNDING = 1e-6

/** How much a document that lacks words loses where the query is short; with the square of the ideas it loses less. */
const LACKING = 4

/**
 * The documents that answer a sentence, among those with at least one word: those with all of them and those with a good part of what
 * the words weigh. Null when none has all.
 */
export function chooseByCoverage(
  slots: Int32Array,
  mask: (slot: number) => number,
  plan: Plan,
  reading: Reading,
): Int32Array | null {
  const hasAll = (slot: number) => (mask(slot) & plan.required) === plan.required
  if (!slots.some(hasAll)) return null
  const share = remembered(plan, shareOfRarity(plan))
  const needed = neededShare(reading)
  return slots.filter((slot) => hasAll(slot) || share(mask(slot)) >= needed)
}

/** The part of the words' rarity that a document must hold to answer a sentence. */
const neededShare = (reading: Reading) => Math.max(LEAST, ANSWER / ideas(reading))

/**
 * The nodes of which a document must have one to answer a sentence: all the others together weigh too little. Those are the common
 * words, whose lists are long.
 */
export function essentialNodes(plan: Plan, reading: Reading): ReadonlySet<PlanNode> {
  const weighed = plan.nodes.map((node) => ({
    node,
    weight: requiredWords(node).reduce((sum, { rarity }) => sum + rarity, 0),
  }))
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  let left = total * neededShare(reading) - ROUNDING
  const essential = new Set(plan.nodes)
  for (const { node, weight } of weighed.sort((a, b) => a.weight - b.weight)) {
    left -= weight
    if (left <= 0) break
    essential.delete(node)
  }
  return essential
}

/** Whether a query has so many ideas that a document may answer it with a part of them. */
export const isSentence = (reading: Reading): boolean => ideas(reading) > SHORT

/** Whether hardly a document can be expected to have all of a query. */
export const isLong = (reading: Reading): boolean => ideas(reading) > LONG

/**
 * What the score of a document is multiplied by, by the words it has: the part of their rarity, to a power that falls with the number
 * of ideas. Of three words each is meant; of ten some will be said otherwise.
 */
export function coverageFactor(plan: Plan, reading: Reading): (mask: number) => number {
  const told = reading.words.filter((word) => !isStopword(word))
  const power = Math.min(1, LACKING / Math.max(1, ideas({ ...reading, words: told, alternatives: [] })) ** 2)
  const share = shareOfRarity(plan)
  return remembered(plan, (mask) => share(mask) ** power)
}

/** So many words have each of their combinations remembered in an array. */
const FEW_WORDS = 12
const OPEN = -1

/** A function of the required words that a document has, worked out once for each combination. */
function remembered(plan: Plan, of: (mask: number) => number): (mask: number) => number {
  const { required } = plan
  if (required >= 2 ** FEW_WORDS) {
    const known = new Map<number, number>()
    return (mask) => getOrCreate(known, mask & required, () => of(mask))
  }
  const known = new Float64Array(required + 1).fill(OPEN)
  return (mask) => {
    const own = mask & required
    if (known[own] === OPEN) known[own] = of(own)
    return known[own] as number
  }
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
