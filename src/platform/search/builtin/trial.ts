import { paceBy } from '../../pace.js'
import { compileLexicon } from '../lexicon/compile.js'
import { type IndexName, type Lexicon, type SearchDocument, type Trial, TrialEnded, type TrialSearch } from '../port.js'
import type { Workspace } from './evaluate.js'
import { lexiconVocabulary } from './index-catalogue.js'
import { InvertedIndex } from './inverted-index.js'
import { IndexReader } from './reader.js'
import { runSearch } from './run-search.js'

/** Searches with other words and other documents than those of the indexes, which stay as they are. */
export async function trialOf(
  living: (name: IndexName) => InvertedIndex,
  workspace: Workspace,
  lexicon: Lexicon,
  documents: NonNullable<Parameters<TrialSearch['trial']>[1]>,
): Promise<Trial> {
  const compiled = compileLexicon(lexicon)
  const vocabulary = lexiconVocabulary(compiled)
  const built = new Map<IndexName, InvertedIndex>()
  for (const [name, others] of Object.entries(documents) as [IndexName, ReadonlyMap<string, SearchDocument | null>][])
    if (others.size > 0) built.set(name, await withOthers(() => living(name), others))
  let ended = false
  return {
    search: async (name, query) => {
      if (ended) throw new TrialEnded()
      const index = built.get(name) ?? living(name)
      return runSearch(new IndexReader(name, index, compiled, vocabulary, workspace), query)
    },
    end: async () => {
      ended = true
      built.clear()
    },
  }
}

/** A copy of an index in which some documents are others. */
async function withOthers(
  living: () => InvertedIndex,
  others: ReadonlyMap<string, SearchDocument | null>,
): Promise<InvertedIndex> {
  const copy = new InvertedIndex(living().schema)
  const pace = paceBy()
  const { documents } = living()
  for (const id of Array.from(documents.liveSlots(), (slot) => documents.id(slot))) {
    // Meanwhile another index may have taken the place of the one that was begun with.
    const index = living()
    const slot = index.slot(id)
    const document = slot === undefined ? undefined : index.document(slot)
    const other = others.get(id)
    if (document && other !== null) copy.put(other ?? document)
    await pace()
  }
  return copy
}
