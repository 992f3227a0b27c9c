import { words } from '../analyser/tokenise.js'
import { expandShorthands } from '../lexicon/expand.js'
import type { Filter, MatchQuery, Scored, WeightedConcept } from '../port.js'
import type { Accumulator } from './accumulator.js'
import { rarity, SATURATION_UNIT } from './bm25.js'
import { needTerms, type WeightedList } from './need-terms.js'
import { phraseLists } from './plan.js'
import { bestScored } from './ranking.js'
import type { IndexReader } from './reader.js'

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
  const { index, scanner, evaluator } = reader
  const passes = reader.predicate(filter)
  const scores = evaluator.empty()
  for (const { list, weight } of terms) {
    scanner.scan(list)
    scores.addAll(scanner, weight * SATURATION_UNIT, 0)
  }
  for (const concept of concepts) addConcept(reader, scores, concept)
  const admits = (slot: number) => slot !== without && scores.score(slot) > 0 && passes(slot)
  const top = bestScored(scores.slots, limit, scores.scores, (slot) => index.documents.id(slot), admits)
  const shown = contributions(reader, terms, top)
  return top.flatMap((slot, place) => {
    const document = index.document(slot)
    return document ? [{ id: document.id, score: scores.score(slot), document, terms: shown[place] ?? [] }] : []
  })
}

/** A document gains by carrying a concept, less by using one of its phrases. */
function addConcept(
  { index, evaluator, lexicon }: IndexReader,
  scores: Accumulator,
  { id, weight }: WeightedConcept,
): void {
  const gained = new Map<number, number>()
  for (const slot of index.column(CONCEPTS)?.slotsWith(id) ?? [])
    if (index.documents.live[slot] === 1) gained.set(slot, 1)
  for (const phrase of lexicon.phrasesOf.get(id) ?? []) {
    const lists = phraseLists(
      phrase.words.map(({ key }) => key),
      index,
    )
    for (const slot of lists ? evaluator.phraseSlots(lists) : [])
      if (index.documents.live[slot] === 1 && !gained.has(slot)) gained.set(slot, PHRASE)
  }
  const most = CONCEPT_BONUS * weight * rarity(gained.size, index.size)
  for (const [slot, share] of gained) scores.add(slot, most * share, 0)
}

/** By place among the best, the terms that gave a document most. */
function contributions(
  { scanner, evaluator }: IndexReader,
  terms: readonly WeightedList[],
  top: readonly number[],
): string[][] {
  const gains = top.map(() => new Map<string, number>())
  evaluator.marking(top, (placeOf) => {
    for (const { list, weight, term } of terms) {
      if (term === null) continue
      scanner.scan(list)
      for (let i = 0; i < scanner.length; i++) {
        const place = placeOf(scanner.slots[i] as number)
        if (place < 0) continue
        const own = gains[place]
        own?.set(term, (own.get(term) ?? 0) + weight * SATURATION_UNIT * (scanner.values[i] as number))
      }
    }
  })
  return gains.map(strongestTerms)
}

const strongestTerms = (gains: ReadonlyMap<string, number>): string[] =>
  [...gains]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MAX_TERMS_SHOWN)
    .map(([term]) => term)
