import { flatten } from '../analyser/tokenise.js'
import { type ParsedQuery, parseQuery } from '../reading/parse.js'
import { readQuery } from '../reading/read-query.js'
import { literalReading, type Reading } from '../reading/reading.js'
import { widen } from '../reading/widen.js'
import { chooseByCoverage, coverageFactor, isLong, isSentence } from './coverage.js'
import type { Predicate } from './filter.js'
import { makePlan, phraseLists } from './plan.js'
import type { IndexReader } from './reader.js'

/** With so many documents that have all the words nobody looks for one that lacks some. */
export const PAGE = 10

/** The documents that a text finds, before facets and order. */
export interface TextMatches {
  slots: Int32Array
  /** By slot. Good until the next search of this thread. */
  scores: Float64Array
  /** Null when no words were asked for. */
  reading: Reading | null
  /** True when no document had all the words. */
  relaxed: boolean
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
  const found = withWords(reader, reading, admits)
  if (found) return found
  if (literal || isLong(reading)) return withSome(reader, reading, admits)
  const wider = widen(reading, reader.catalogue)
  return withWords(reader, wider, admits) ?? withSome(reader, isSentence(reading) ? reading : wider, admits)
}

/** The documents that answer, if some has every word; null where none has. */
function withWords(reader: IndexReader, reading: Reading, admits: Predicate): TextMatches | null {
  if (!isSentence(reading)) return withAll(reader, reading, admits, 1)
  return (isLong(reading) ? null : withAll(reader, reading, admits, PAGE)) ?? withEnough(reader, reading, admits)
}

/** The documents that have every word that says something; null where there are fewer than `least`. */
function withAll(reader: IndexReader, reading: Reading, admits: Predicate, least: number): TextMatches | null {
  const plan = planOf(reader, reading)
  const scores = reader.evaluator.runAll(plan)
  const slots = admitted(scores.slots, admits)
  return slots.length >= least ? { slots, scores: scores.scores, reading, relaxed: false } : null
}

/** The documents that have a good part of a sentence, if some has all of it; null where none has. */
function withEnough(reader: IndexReader, reading: Reading, admits: Predicate): TextMatches | null {
  const { plan, scores, slots } = evaluate(reader, reading, admits)
  const chosen = chooseByCoverage(slots, (slot) => scores.mask(slot), plan, reading)
  return chosen && { slots: chosen, scores: scores.scores, reading, relaxed: false }
}

/** The documents that have at least one of the words. */
function withSome(reader: IndexReader, reading: Reading, admits: Predicate): TextMatches {
  const { scores, slots } = evaluate(reader, reading, admits)
  return { slots, scores: scores.scores, reading, relaxed: slots.length > 0 }
}

/** Scores all documents with some word, those that lack others the less. */
function evaluate(reader: IndexReader, reading: Reading, admits: Predicate) {
  const plan = planOf(reader, reading)
  const scores = reader.evaluator.run(plan)
  const factor = coverageFactor(plan, reading)
  const hasSome = (slot: number) => plan.required === 0 || (scores.mask(slot) & plan.required) !== 0
  const slots = admitted(scores.slots, (slot) => hasSome(slot) && admits(slot))
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number
    scores.scores[slot] = scores.score(slot) * factor(scores.mask(slot))
  }
  return { plan, scores, slots }
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

const planOf = ({ index, scanner }: IndexReader, reading: Reading) =>
  makePlan(reading, index, scanner, { prefix: true })

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
