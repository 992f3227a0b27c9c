import type { Plan, PlanNode } from './plan.js'

/** A query of more words than this is read as a sentence: nobody expects a document to hold all of it. */
const SHORT = 6
/** Queries of fewer words are never filled up: half of `máy chấm công` is something else. */
const FILLABLE = 4
/** Fewer documents than this with all the words are filled up with those that have most of them. */
const FEW = 10
/** The part of the words' rarity that a document needs. */
const MOST = 0.5
const SENTENCE = 0.4

/** Which of the documents found answer the query. */
export interface Coverage {
  slots: number[]
  /** Whether some document has all the words. */
  complete: boolean
}

/**
 * Chooses the documents to show among those with at least one word: those with all of them; where these are few, or the query is a
 * sentence, those with most of what the words weigh, too. When none has all, all of them for a sentence and none for a short query.
 */
export function chooseByCoverage(
  slots: readonly number[],
  mask: (slot: number) => number,
  plan: Plan,
  words: number,
): Coverage {
  const hasAll = (slot: number) => (mask(slot) & plan.required) === plan.required
  const all = slots.filter(hasAll)
  const complete = all.length > 0
  const sentence = words > SHORT
  if (sentence && !complete) return { slots: [...slots], complete }
  if (!sentence && (!complete || all.length >= FEW || words < FILLABLE)) return { slots: all, complete }
  const enough = sentence ? SENTENCE : MOST
  const share = shareOfRarity(plan)
  return { slots: slots.filter((slot) => share(mask(slot)) >= enough || hasAll(slot)), complete }
}

/** The part of the required words' rarity that a mask holds, 0 to 1. */
function shareOfRarity(plan: Plan): (mask: number) => number {
  const words = plan.nodes.flatMap(requiredWords)
  const total = words.reduce((sum, { rarity }) => sum + rarity, 0)
  return (mask) => words.reduce((sum, word) => sum + ((mask & word.mask) !== 0 ? word.rarity : 0), 0) / total
}

function requiredWords(node: PlanNode): { mask: number; rarity: number }[] {
  if (node.kind === 'group') return node.children.flatMap(requiredWords)
  return node.mask === 0 ? [] : [{ mask: node.mask, rarity: node.rarity }]
}
