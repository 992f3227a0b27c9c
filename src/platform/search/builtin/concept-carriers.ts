import { SATURATION_UNIT } from './bm25.js'
import { phraseLists } from './plan.js'
import type { IndexReader } from './reader.js'
import type { ScoredList } from './scored-list.js'

/** The field in which documents carry the ids of the concepts they offer. */
const CONCEPTS = 'concepts'
/** What a phrase of a concept in the text is worth, as a part of carrying it. */
const PHRASE = 0.7

/** The live documents that carry a concept, and those that use one of its phrases, by what that is worth. */
export function conceptCarriers(
  { index, evaluator, lexicon }: Pick<IndexReader, 'index' | 'evaluator' | 'lexicon'>,
  id: string,
): ScoredList {
  const { live } = index.documents
  const found = evaluator.empty()
  const put = (slots: Iterable<number>, share: number) => {
    for (const slot of slots) if (live[slot] === 1) found.max(slot, share, 0)
  }
  for (const slots of index.column(CONCEPTS)?.slotsWith(id) ?? []) put(slots, 1)
  for (const phrase of lexicon.phrasesOf.get(id) ?? []) {
    const lists = phraseLists(
      phrase.words.map(({ key }) => key),
      index,
    )
    if (lists) put(evaluator.phraseSlots(lists), PHRASE)
  }
  const slots = found.slots.slice().sort()
  const values = Uint16Array.from(slots, (slot) => Math.round(found.score(slot) / SATURATION_UNIT))
  return { slots, values, length: slots.length }
}
