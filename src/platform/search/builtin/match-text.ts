import { words } from '../analyser/tokenise.js'
import { expandShorthands } from '../lexicon/expand.js'
import type { Filter, MatchQuery, Scored, WeightedConcept } from '../port.js'
import { Accumulator } from './accumulator.js'
import { needTerms, type WeightedList } from './need-terms.js'
import { phraseLists } from './plan.js'
import { best, makeOrder } from './ranking.js'
import type { IndexReader } from './reader.js'
import { rarity } from './scanner.js'

/** The field in which documents carry the ids of the concepts they offer. */
const CONCEPTS = 'concepts'
/** What carrying a concept is worth, in units of its rarity; a phrase of it in the text is worth `PHRASE` of that. */
const CONCEPT_BONUS = 2
const PHRASE = 0.7
/** A text longer than this is read to here. UTF-16 units; about 4,000 words. */
const MAX_TEXT = 20_000
const MAX_TERMS_SHOWN = 12

/** Ranks documents for a need's text and the concepts understood in it. */
export function matchText(reader: IndexReader, { text, concepts = [], filter, limit }: MatchQuery): Scored[] {
  const written = expandShorthands(words(text.slice(0, MAX_TEXT)), reader.lexicon.trie)
  return rank(reader, needTerms(written, reader.index, reader.scanner), concepts, filter, limit, undefined)
}

/** Scores all documents by the lists and concepts and returns the best, `without` left out. */
export function rank(
  reader: IndexReader,
  terms: readonly WeightedList[],
  concepts: readonly WeightedConcept[],
  filter: Filter | undefined,
  limit: number,
  without: number | undefined,
): Scored[] {
  const { index, scanner } = reader
  const passes = reader.predicate(filter)
  const scores = new Accumulator(index.capacity)
  for (const { list, weight } of terms) {
    scanner.scan(list)
    for (let i = 0; i < scanner.length; i++) scores.add(scanner.slots[i] ?? 0, weight * (scanner.values[i] ?? 0), 0)
  }
  for (const concept of concepts) addConcept(reader, scores, concept)
  const slots = scores.slots.filter((slot) => slot !== without && scores.score(slot) > 0 && passes(slot))
  const order = makeOrder(
    [],
    () => undefined,
    (slot) => scores.score(slot),
    (slot) => index.document(slot)?.id ?? '',
  )
  const top = best(slots, limit, order)
  const shown = contributions(reader, terms, top)
  return top.flatMap((slot) => {
    const document = index.document(slot)
    return document ? [{ id: document.id, score: scores.score(slot), document, terms: shown.get(slot) ?? [] }] : []
  })
}

/** A document gains by carrying a concept, less by using one of its phrases. */
function addConcept(
  { index, evaluator, lexicon }: IndexReader,
  scores: Accumulator,
  { id, weight }: WeightedConcept,
): void {
  const gained = new Map<number, number>()
  const carried = carriers(index.column(CONCEPTS), id, index.liveSlots())
  for (const slot of carried) gained.set(slot, 1)
  for (const phrase of lexicon.phrasesOf.get(id) ?? []) {
    const lists = phraseLists(
      phrase.words.map(({ key }) => key),
      index,
    )
    for (const slot of lists ? evaluator.phraseSlots(lists) : []) if (!gained.has(slot)) gained.set(slot, PHRASE)
  }
  const most = CONCEPT_BONUS * weight * rarity(gained.size, index.size)
  for (const [slot, share] of gained) scores.add(slot, most * share, 0)
}

function carriers(column: ReturnType<IndexReader['index']['column']>, id: string, slots: Iterable<number>): number[] {
  const number = column?.find(id)
  if (!column || number === undefined) return []
  const wanted = new Set([number])
  return [...slots].filter((slot) => column.hasAny(slot, wanted))
}

/** By document, the terms that gave it most. */
function contributions(
  { scanner }: IndexReader,
  terms: readonly WeightedList[],
  top: readonly number[],
): Map<number, string[]> {
  const wanted = new Map(top.map((slot) => [slot, new Map<string, number>()]))
  for (const { list, weight, term } of terms) {
    if (term === null) continue
    scanner.scan(list)
    for (let i = 0; i < scanner.length; i++) {
      const gains = wanted.get(scanner.slots[i] ?? -1)
      gains?.set(term, (gains.get(term) ?? 0) + weight * (scanner.values[i] ?? 0))
    }
  }
  return new Map([...wanted].map(([slot, gains]) => [slot, strongestTerms(gains)]))
}

const strongestTerms = (gains: ReadonlyMap<string, number>): string[] =>
  [...gains]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MAX_TERMS_SHOWN)
    .map(([term]) => term)
