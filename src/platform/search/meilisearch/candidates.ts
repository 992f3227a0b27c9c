import type { WordForms } from '../analyser/forms.js'
import { Workspace } from '../builtin/evaluate.js'
import { InvertedIndex } from '../builtin/inverted-index.js'
import { IndexReader } from '../builtin/reader.js'
import type { SearchDocument } from '../port.js'
import type { RemoteCatalogue } from './catalogue.js'
import type { RemoteIndex } from './remote-index.js'

/**
 * The documents that the server found, as an index in memory: the scorer of the engine inside the process ranks them. How rare a
 * word is in the whole collection comes from the catalogue, since among those found every word is common.
 */
class CandidateIndex extends InvertedIndex {
  private collection = 0

  override get size(): number {
    return Math.max(this.collection, super.size)
  }

  /** Makes lengths and counts those of a collection of `size` documents. */
  scaleTo(size: number): void {
    const factor = size / Math.max(1, super.size)
    if (factor <= 1) return
    this.collection = size
    for (const field of this.fields) field.total *= factor
  }
}

/** A word, with its accented form where that is scored too, or two neighbours, whose rarity the ranking needs. */
export interface Weighed {
  key: string
  exact?: string
  next?: string
}

/** The words of a text and their neighbours, each to be asked of the catalogue and then weighed. */
export function weighedWords(words: readonly (WordForms & { joined: boolean })[]): Weighed[] {
  return words.flatMap(({ key, exact }, at) => {
    const next = words[at + 1]
    return next?.joined
      ? [
          { key, exact },
          { key, next: next.key },
        ]
      : [{ key, exact }]
  })
}

/** Asks the catalogue what `candidateReader` will need. */
export function askRarities(catalogue: RemoteCatalogue, weighed: Iterable<Weighed>): void {
  for (const { key, next } of weighed) {
    if (next === undefined) catalogue.wordCount(key)
    else catalogue.pairCount(key, next)
  }
}

/** Makes candidates rankable. `weighed`: the words that the catalogue was asked about. */
export function candidateReader(
  remote: RemoteIndex,
  documents: readonly SearchDocument[],
  catalogue: RemoteCatalogue,
  weighed: Iterable<Weighed>,
): IndexReader {
  const index = new CandidateIndex(remote.schema)
  for (const document of documents) index.put(document)
  index.scaleTo(catalogue.size)
  const { dictionary } = index
  const raised = new Map<number, number>()
  const raise = (list: number | undefined, count: number) => {
    if (list !== undefined && dictionary.count(list) > 0) raised.set(list, Math.max(count, dictionary.count(list)))
  }
  for (const { key, exact, next } of weighed) {
    const own = dictionary.key(key)
    const count = next === undefined ? catalogue.wordCount(key) : catalogue.pairCount(key, next)
    raise(next === undefined ? own : dictionary.pair(key, next), count)
    if (exact === undefined) continue
    // Of the whole collection's documents with the word, as many are taken to have its accents as of those found.
    const list = dictionary.exact(exact)
    raise(list, Math.round((count * dictionary.count(list)) / Math.max(1, dictionary.count(own))))
  }
  for (const [list, count] of raised) dictionary.setCount(list, count)
  return new IndexReader(remote.name, index, remote.words.lexicon, remote.words.lexiconWords, new Workspace())
}
