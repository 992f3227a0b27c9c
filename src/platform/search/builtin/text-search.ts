import { flatten } from '../analyser/tokenise.js'
import { type ParsedQuery, parseQuery } from '../reading/parse.js'
import { readQuery } from '../reading/read-query.js'
import { literalReading, type Reading } from '../reading/reading.js'
import { widen } from '../reading/widen.js'
import type { Accumulator } from './accumulator.js'
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
 * Finds the documents that have all the words asked for: as read, then with every word taken for a possible slip, then, relaxed,
 * those that have some of them.
 */
export function textSearch(reader: IndexReader, q: string, literal: boolean, passes: Predicate): TextMatches {
  const parsed = parseQuery(q)
  const admits = withOperators(reader, parsed, passes)
  const tokens = [...parsed.tokens, ...parsed.phrases.flat()]
  if (tokens.length === 0) {
    return { slots: [...reader.index.liveSlots()].filter(admits), score: () => 0, reading: null, relaxed: false }
  }
  if (literal) {
    const reading = literalReading(flatten(tokens))
    const found = evaluate(reader, reading, admits)
    return found.all.length > 0
      ? { ...found, slots: found.all, reading, relaxed: false }
      : relax(reader, reading, admits)
  }
  const reading = readQuery(tokens, reader.lexicon, reader.catalogue)
  const found = evaluate(reader, reading, admits)
  if (found.all.length > 0) return { ...found, slots: found.all, reading, relaxed: false }
  const wider = widen(reading, reader.lexicon, reader.catalogue)
  const second = evaluate(reader, wider, admits)
  if (second.all.length > 0) return { ...second, slots: second.all, reading: wider, relaxed: false }
  return relax(reader, wider, admits)
}

function relax(reader: IndexReader, reading: Reading, admits: Predicate): TextMatches {
  const { some, score } = evaluate(reader, reading, admits)
  return { slots: some, score, reading, relaxed: some.length > 0 }
}

interface Evaluated {
  /** Slots with all required words. */
  all: number[]
  /** Slots with at least one. */
  some: number[]
  score(slot: number): number
}

function evaluate(reader: IndexReader, reading: Reading, admits: Predicate): Evaluated {
  const plan = makePlan(reading, reader.index, reader.scanner, { prefix: true })
  const scores: Accumulator = reader.evaluator.run(plan)
  const some = scores.slots.filter(
    (slot) => (plan.required === 0 || (scores.mask(slot) & plan.required) !== 0) && admits(slot),
  )
  const all = some.filter((slot) => (scores.mask(slot) & plan.required) === plan.required)
  return { all, some, score: (slot) => scores.score(slot) }
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
