import { flatten } from '../analyser/tokenise.js'
import { type ParsedQuery, parseQuery } from '../reading/parse.js'
import { readQuery } from '../reading/read-query.js'
import { literalReading, type Reading } from '../reading/reading.js'
import { widen } from '../reading/widen.js'
import { chooseByCoverage, coverageFactor } from './coverage.js'
import type { Predicate } from './filter.js'
import { makePlan, phraseLists } from './plan.js'
import type { IndexReader } from './reader.js'

/** The documents that a text finds, before facets and order. */
export interface TextMatches {
  slots: readonly number[]
  score(slot: number): number
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
    return { slots: [...reader.index.liveSlots()].filter(admits), score: () => 0, reading: null, relaxed: false }
  }
  const reading = literal ? literalReading(flatten(tokens)) : readQuery(tokens, reader.lexicon, reader.catalogue)
  const found = evaluate(reader, reading, admits)
  if (found.chosen.length > 0) return found.matches(found.chosen)
  const wider = literal ? reading : widen(reading, reader.catalogue)
  const second = evaluate(reader, wider, admits)
  return second.matches(second.chosen.length > 0 ? second.chosen : second.some)
}

interface Evaluated {
  /** Slots with enough of the words. */
  chosen: readonly number[]
  /** Slots with at least one of them. */
  some: readonly number[]
  matches(slots: readonly number[]): TextMatches
}

function evaluate(reader: IndexReader, reading: Reading, admits: Predicate): Evaluated {
  const plan = makePlan(reading, reader.index, reader.scanner, { prefix: true })
  const scores = reader.evaluator.run(plan)
  const mask = (slot: number) => scores.mask(slot)
  const some = scores.slots.filter(
    (slot) => (plan.required === 0 || (mask(slot) & plan.required) !== 0) && admits(slot),
  )
  const { slots: chosen, complete } = chooseByCoverage(some, mask, plan, reading)
  const factor = coverageFactor(plan, reading)
  const score = (slot: number) => scores.score(slot) * factor(mask(slot))
  return { chosen, some, matches: (slots) => ({ slots, score, reading, relaxed: !complete && slots.length > 0 }) }
}

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
