import { words } from '../analyser/tokenise.js'
import type { Filter, Scored } from '../port.js'
import { textsOf } from './document-terms.js'
import { rank } from './match-text.js'
import { needTerms } from './need-terms.js'
import type { IndexReader } from './reader.js'

/** How many of a document's words others are compared by. */
const MAX_TERMS = 40

/** Documents that share a document's rarest words and its concepts. */
export function similarTo(reader: IndexReader, id: string, limit: number, filter: Filter | undefined): Scored[] {
  const { index, scanner } = reader
  const slot = index.slot(id)
  const document = slot === undefined ? undefined : index.document(slot)
  if (slot === undefined || !document) return []
  const text = index.fields.flatMap(({ name }) => textsOf(document[name])).join('\n')
  const terms = needTerms(words(text), index, scanner).filter(({ list }) => index.dictionary.count(list) > 1)
  const strongest = terms.sort((a, b) => b.weight - a.weight).slice(0, MAX_TERMS)
  const concepts = textsOf(document.concepts).map((concept) => ({ id: concept, weight: 1 }))
  return rank(reader, strongest, concepts, filter, limit, slot)
}
