import { flatten, type Token } from '../analyser/tokenise.js'
import { chooseByCoverage, isLong, isSentence } from '../builtin/coverage.js'
import { makePlan } from '../builtin/plan.js'
import { PAGE } from '../builtin/text-search.js'
import { readQuery } from '../reading/read-query.js'
import { literalReading, type Reading } from '../reading/reading.js'
import { widen } from '../reading/widen.js'
import { bestDocuments } from './best-documents.js'
import { askRarities, candidateReader, weighedWords } from './candidates.js'
import type { RemoteCatalogue } from './catalogue.js'
import { documentKey } from './encoding.js'
import { all, any, type Condition, isOneOf } from './filter.js'
import { keyPhrases, rarestFirst } from './phrases.js'
import type { RemoteIndex } from './remote-index.js'
import { type WordConditions, wordConditions } from './word-filter.js'

/** The documents that a text finds, as a condition. */
export interface RemoteMatches {
  condition: Condition
  reading: Reading
  /** True when no document has all the words. */
  relaxed: boolean
}

/** The most other phrases that are searched by themselves. */
const MAX_ALTERNATIVES = 6

interface Asked {
  reading: Reading
  conditions: WordConditions
}

/** The same steps as in the engine inside the process: as read, then with every word taken for a possible slip, then some words. */
export async function textMatches(
  remote: RemoteIndex,
  tokens: readonly Token[],
  literal: boolean,
  within: Condition,
): Promise<RemoteMatches> {
  const { lexicon } = remote.words
  const read = (catalogue: RemoteCatalogue) =>
    literal ? literalReading(flatten(tokens)) : readQuery(tokens, lexicon, catalogue)
  const first = await remote.read((catalogue) => asked(read(catalogue), catalogue))
  const found = await withWords(remote, first, within)
  if (found) return found
  if (literal || isLong(first.reading)) return withSome(remote, first, within)
  const second = await remote.read((catalogue) => asked(widen(read(catalogue), catalogue), catalogue))
  const wider = await withWords(remote, second, within)
  return wider ?? withSome(remote, isSentence(first.reading) ? first : second, within)
}

function asked(reading: Reading, catalogue: RemoteCatalogue): Asked {
  const last = reading.words.at(-1)
  const completions = last ? catalogue.completions(last.folded) : []
  askRarities(catalogue, weighedWords(reading.words))
  return { reading, conditions: wordConditions(reading, completions) }
}

/** The documents that answer, if some has every word; null where none has. */
async function withWords(
  remote: RemoteIndex,
  { reading, conditions }: Asked,
  within: Condition,
): Promise<RemoteMatches | null> {
  const complete = await total(remote, all([within, conditions.all]))
  if (complete === 0) return null
  const isEnough = !isSentence(reading) || (!isLong(reading) && complete >= PAGE)
  const condition = isEnough ? conditions.all : await coveredBy(remote, reading, conditions, within)
  return { condition, reading, relaxed: false }
}

/** The documents with at least one of the words. */
async function withSome(
  remote: RemoteIndex,
  { reading, conditions: { some } }: Asked,
  within: Condition,
): Promise<RemoteMatches> {
  return { condition: some, reading, relaxed: (await total(remote, all([within, some]))) > 0 }
}

const total = async (remote: RemoteIndex, filter: Condition): Promise<number> =>
  (await remote.search([{ filter, limit: 0 }]))[0]?.total ?? 0

/** Of the best documents with some of the words, those with a good part of what the words weigh; and all with all of them. */
async function coveredBy(
  remote: RemoteIndex,
  reading: Reading,
  conditions: WordConditions,
  within: Condition,
): Promise<Condition> {
  const { documents } = await bestDocuments(remote, all([within, conditions.some]), await rankings(remote, reading))
  const weighed = weighedWords(reading.words)
  const reader = await remote.read((catalogue) => candidateReader(remote, documents, catalogue, weighed))
  const plan = makePlan(reading, reader.index, reader.scanner, { prefix: true })
  const scores = reader.evaluator.run(plan)
  const slots = chooseByCoverage(scores.slots, (slot) => scores.mask(slot), plan, reading)
  const keys = Array.from(slots ?? [], (slot) => documentKey(reader.index.documents.id(slot)))
  return any([conditions.all, isOneOf('key', keys)])
}

/** What the server ranks documents by: the words as read, the rarest first, and each other phrase. */
export function rankings(remote: RemoteIndex, { words, alternatives }: Reading): Promise<string[]> {
  return remote.read((catalogue) => [
    ...keyPhrases(rarestFirst(catalogue, words)),
    ...alternatives.slice(0, MAX_ALTERNATIVES).map(({ phrase }) => phrase.join(' ')),
  ])
}
