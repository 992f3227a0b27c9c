import { flatten } from '../analyser/tokenise.js'
import { type ParsedQuery, parseQuery } from '../reading/parse.js'
import { readQuery } from '../reading/read-query.js'
import { literalReading, type Reading } from '../reading/reading.js'
import { widen } from '../reading/widen.js'
import { chooseByCoverage, coverageFactor, essentialNodes, isLong, isSentence } from './coverage.js'
import type { Predicate } from './filter.js'
import { makePlan, type Plan, type PlanNode, phraseLists } from './plan.js'
import type { IndexReader } from './reader.js'

/** With so many documents that have all the words nobody looks for one that lacks some. */
export const PAGE = 10

/** The documents that a text finds, before facets and order. */
export interface TextMatches {
  slots: Int32Array
  /** By slot. Good until the next search of this thread. */
  scores: Float32Array
  /** Null when no words were asked for. */
  reading: Reading | null
  /** True when no document had all the words. */
  relaxed: boolean
}

/** A query as it is read, and the lists to look it up in. */
interface Planned {
  reading: Reading
  plan: Plan
}

/**
 * Finds the documents that have the words asked for: as read, then with every word taken for a possible slip, then, relaxed, those
 * that have some of them.
 */
export function textSearch(reader: IndexReader, q: string, literal: boolean, passes: Predicate): TextMatches {
  const parsed = parseQuery(q)
  const admits = withOperators(reader, parsed, passes)
  const tokens = [...parsed.tokens, ...parsed.phrases.flat()]
  if (tokens.length === 0) {
    const slots = admitted(everySlot(reader.index.capacity), admits)
    return { slots, scores: reader.evaluator.noScores(), reading: null, relaxed: false }
  }
  const reading = literal ? literalReading(flatten(tokens)) : readQuery(tokens, reader.lexicon, reader.catalogue)
  const asRead = planned(reader, reading)
  const found = withWords(reader, asRead, admits)
  if (found) return found
  if (literal || isLong(reading)) return withSome(reader, asRead, admits)
  const wider = planned(reader, widen(reading, reader.catalogue))
  return withWords(reader, wider, admits) ?? withSome(reader, isSentence(reading) ? asRead : wider, admits)
}

/** The documents that answer, if some has every word; null where none has. */
function withWords(reader: IndexReader, asked: Planned, admits: Predicate): TextMatches | null {
  if (!isSentence(asked.reading)) return withAll(reader, asked, admits, 1)
  if (!isLong(asked.reading)) return withAll(reader, asked, admits, PAGE) ?? withEnough(reader, asked, admits)
  // Mostly none has all of a long one: that is told by the rarest words, before the others are scored.
  return withAll(reader, asked, admits, 1) && withEnough(reader, asked, admits)
}

/** The documents that have every word that says something; null where there are fewer than `least`. */
function withAll(
  reader: IndexReader,
  { plan, reading }: Planned,
  admits: Predicate,
  least: number,
): TextMatches | null {
  const scores = reader.evaluator.runAll(plan)
  const slots = admitted(scores.slots, admits)
  return slots.length >= least ? { slots, scores: scores.scores, reading, relaxed: false } : null
}

/** The documents that have a good part of a sentence, if some has all of it; null where none has. */
function withEnough(reader: IndexReader, asked: Planned, admits: Predicate): TextMatches | null {
  const { plan, reading } = asked
  const { scores, slots } = evaluate(reader, asked, admits, essentialNodes(plan, reading))
  const chosen = chooseByCoverage(slots, (slot) => scores.mask(slot), plan, reading)
  return chosen && { slots: chosen, scores: scores.scores, reading, relaxed: false }
}

/** The documents that have at least one of the words. */
function withSome(reader: IndexReader, asked: Planned, admits: Predicate): TextMatches {
  const { scores, slots } = evaluate(reader, asked, admits)
  return { slots, scores: scores.scores, reading: asked.reading, relaxed: slots.length > 0 }
}

/** Scores all documents with some word, or of the `essential` nodes, those that lack others the less. */
function evaluate(
  reader: IndexReader,
  { plan, reading }: Planned,
  admits: Predicate,
  essential?: ReadonlySet<PlanNode>,
) {
  const scores = reader.evaluator.run(plan, essential)
  const factor = coverageFactor(plan, reading)
  const hasSome = (slot: number) => plan.required === 0 || (scores.mask(slot) & plan.required) !== 0
  const slots = admitted(scores.slots, (slot) => hasSome(slot) && admits(slot))
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number
    scores.scores[slot] = scores.score(slot) * factor(scores.mask(slot))
  }
  return { scores, slots }
}

function everySlot(capacity: number): Int32Array {
  const slots = new Int32Array(capacity)
  for (let slot = 0; slot < capacity; slot++) slots[slot] = slot
  return slots
}

/** The slots that pass, in their order. */
function admitted(slots: Int32Array, admits: Predicate): Int32Array {
  const kept = new Int32Array(slots.length)
  let count = 0
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number
    if (admits(slot)) kept[count++] = slot
  }
  return kept.subarray(0, count)
}

const planned = ({ index, scanner }: IndexReader, reading: Reading): Planned => ({
  reading,
  plan: makePlan(reading, index, scanner, { prefix: true }),
})

/** The filter, narrowed by what the query says in quotes and after minus signs. */
function withOperators(reader: IndexReader, { phrases, excluded }: ParsedQuery, passes: Predicate): Predicate {
  if (phrases.length === 0 && excluded.length === 0) return passes
  const wanted = phrases.map((phrase) => slotsWith(reader, phrase))
  const unwanted = excluded.map((phrase) => slotsWith(reader, phrase))
  return (slot) =>
    wanted.every((slots) => slots.has(slot)) && !unwanted.some((slots) => slots.has(slot)) && passes(slot)
}

function slotsWith(reader: IndexReader, phrase: readonly { key: string }[]): ReadonlySet<number> {
  const lists = phraseLists(
    phrase.map(({ key }) => key),
    reader.index,
  )
  return new Set(lists ? reader.evaluator.phraseSlots(lists) : [])
}
