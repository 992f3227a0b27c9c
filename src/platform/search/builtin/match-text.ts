import { words } from '../analyser/tokenise.js'
import { expandShorthands } from '../lexicon/expand.js'
import type { Filter, MatchQuery, Scored, WeightedConcept } from '../port.js'
import { rarity, SATURATION_UNIT } from './bm25.js'
import { needTerms, type WeightedList } from './need-terms.js'
import { bestScored } from './ranking.js'
import type { IndexReader } from './reader.js'

/** What carrying a concept is worth, in units of its rarity. */
const CONCEPT_BONUS = 2
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
  const carried = concepts.map(({ id, weight }) => ({ list: reader.carriers(id), weight }))
  const passes = reader.predicate(filter)
  const scores = evaluator.empty()
  for (const { list, weight } of terms) {
    scanner.scan(list)
    scores.addAll(scanner, weight * SATURATION_UNIT, 0)
  }
  for (const { list, weight } of carried) {
    scores.addAll(list, CONCEPT_BONUS * weight * rarity(list.length, index.size) * SATURATION_UNIT, 0)
  }
  const admits = (slot: number) => slot !== without && scores.score(slot) > 0 && passes(slot)
  const top = bestScored(scores.slots, limit, scores.scores, (slot) => index.documents.id(slot), admits)
  const shown = contributions(reader, terms, top)
  return top.flatMap((slot, place) => {
    const document = index.document(slot)
    return document ? [{ id: document.id, score: scores.score(slot), document, terms: shown[place] ?? [] }] : []
  })
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
