import { words } from '../analyser/tokenise.js'
import { textsOf } from '../builtin/document-terms.js'
import { matchText } from '../builtin/match-text.js'
import { similarTo } from '../builtin/similar.js'
import { expandShorthands } from '../lexicon/expand.js'
import type { Filter, MatchQuery, Scored, SearchDocument, WeightedConcept } from '../port.js'
import { bestDocuments, WINDOW } from './best-documents.js'
import { askRarities, candidateReader, weighedWords } from './candidates.js'
import { documentKey, encodeText } from './encoding.js'
import { all, any, type Condition, EVERYTHING, isOneOf, not, toCondition } from './filter.js'
import { keyPhrases, rarestFirst } from './phrases.js'
import type { IndexQuery, RemoteIndex } from './remote-index.js'
import { hasPhrase } from './word-filter.js'

/** A text is asked about up to here: each word is a question to the server. Words. */
const MAX_WORDS = 300
const MAX_CONCEPTS = 8

/** Ranks documents for a need's text and concepts. */
export async function matchRemote(remote: RemoteIndex, query: MatchQuery): Promise<Scored[]> {
  const filter = conditionOf(remote, query.filter)
  const reader = await readerFor(remote, query.text, query.concepts ?? [], filter, [])
  const { text, concepts = [], limit } = query
  return matchText(reader, { text, concepts, limit })
}

/** Documents most like the one given. */
export async function similarRemote(
  remote: RemoteIndex,
  id: string,
  limit: number,
  wanted?: Filter,
): Promise<Scored[]> {
  const filter = conditionOf(remote, wanted)
  const own = isOneOf('key', [documentKey(id)])
  const [answer] = await remote.search([{ filter: own, limit: 1, attributesToRetrieve: ['doc'] }])
  const document = answer?.hits[0]?.doc
  if (!document) return []
  const text = Object.keys(remote.schema.text)
    .flatMap((field) => textsOf(document[field]))
    .join('\n')
  const concepts = textsOf(document.concepts).map((concept) => ({ id: concept, weight: 1 }))
  const reader = await readerFor(remote, text, concepts, all([filter, not(own)]), [document])
  return similarTo(reader, id, limit, undefined)
}

const conditionOf = (remote: RemoteIndex, filter: Filter | undefined): Condition =>
  filter ? toCondition(filter, remote.name, remote.schema.filterable) : EVERYTHING

/** The documents that the text's key phrases and the concepts find, ready to be ranked, with those given besides. */
async function readerFor(
  remote: RemoteIndex,
  text: string,
  concepts: readonly WeightedConcept[],
  filter: Condition,
  besides: readonly SearchDocument[],
) {
  const written = expandShorthands(words(text), remote.words.lexicon.trie).slice(0, MAX_WORDS)
  const weighed = weighedWords(written)
  const telling = await remote.read((catalogue) => {
    askRarities(catalogue, weighed)
    return rarestFirst(catalogue, written)
  })
  // A function word finds too, as it does inside the process, but it is not worth a ranking of its own.
  const anyWord = written.map(({ key }) => key)
  const strongest = [...concepts].sort((a, b) => b.weight - a.weight).slice(0, MAX_CONCEPTS)
  const byConcept = strongest.map((concept) => ({ ...concept, condition: conceptCondition(remote, concept.id) }))
  const within = all([filter, any([isOneOf('alias.words', anyWord), ...byConcept.map(({ condition }) => condition)])])
  const searches = byConcept.map(
    ({ condition }): IndexQuery => ({ filter: all([filter, condition]), limit: WINDOW, attributesToRetrieve: ['key'] }),
  )
  const { documents } = await bestDocuments(remote, within, keyPhrases(telling), searches)
  return remote.read((catalogue) => candidateReader(remote, [...besides, ...documents], catalogue, weighed))
}

/** Documents that carry a concept or say one of its phrases. */
function conceptCondition({ schema, words: { lexicon } }: RemoteIndex, id: string): Condition {
  const said = (lexicon.phrasesOf.get(id) ?? []).map((phrase) => hasPhrase(phrase.words.map(({ key }) => key)))
  return any([
    ...(schema.filterable.includes('concepts') ? [isOneOf('label.concepts', [encodeText(id)])] : []),
    ...said,
  ])
}
