import type { Vocabulary } from '../builtin/vocabulary.js'
import type { CompiledLexicon } from '../lexicon/compile.js'
import type { IndexName, IndexSchema } from '../port.js'
import { type Questions, RemoteCatalogue } from './catalogue.js'
import { type Condition, EVERYTHING, isOneOf } from './filter.js'
import type { MeilisearchServer, ServerAnswer, ServerQuery } from './server.js'

/**
 * Answers are asked again after this time. Milliseconds. What another process writes, this one writes, too, when it follows the change log
 * itself, and forgets them then.
 */
const CATALOGUE_TTL_MS = 60_000
/** It is begun anew beyond this, however fresh its answers are. */
const MAX_ANSWERS = 20_000
/** How often a text is read again with new answers; further questions then count as answered with no. */
const MAX_ROUNDS = 10

export type IndexQuery = Omit<ServerQuery, 'indexUid'>

/** The words of one state of the lexicon. */
export interface Words {
  lexicon: CompiledLexicon
  lexiconWords: Vocabulary
}

/** One index on the server as the readers see it. */
export class RemoteIndex {
  private catalogue: { until: number; ready: Promise<RemoteCatalogue> } | null = null

  constructor(
    readonly name: IndexName,
    readonly uid: string,
    readonly schema: IndexSchema,
    readonly words: Words,
    private readonly server: MeilisearchServer,
  ) {}

  /** What was learnt of the words is out of date. */
  forget(): void {
    this.catalogue = null
  }

  search(queries: readonly IndexQuery[]): Promise<ServerAnswer[]> {
    return this.server.search(queries.map((query) => ({ ...query, indexUid: this.uid }) as ServerQuery))
  }

  /** Reads with what the catalogue knows, and again with what it had to ask, until nothing is left to ask. */
  async read<T>(attempt: (catalogue: RemoteCatalogue) => T): Promise<T> {
    const catalogue = await this.freshCatalogue()
    if (catalogue.answers > MAX_ANSWERS) this.forget()
    for (let round = 1; ; round++) {
      catalogue.takeOpen()
      const outcome = attempt(catalogue)
      const open = catalogue.takeOpen()
      if (round === MAX_ROUNDS || Object.values(open).every((questions) => questions.length === 0)) return outcome
      await this.answer(catalogue, open)
    }
  }

  private freshCatalogue(): Promise<RemoteCatalogue> {
    if (this.catalogue && this.catalogue.until > performance.now()) return this.catalogue.ready
    const ready = this.search([{ filter: EVERYTHING, limit: 0 }]).then(
      ([answer]) => new RemoteCatalogue(answer?.total ?? 0, this.words.lexicon, this.words.lexiconWords),
    )
    const entry = { until: performance.now() + CATALOGUE_TTL_MS, ready }
    this.catalogue = entry
    ready.catch(() => {
      if (this.catalogue === entry) this.catalogue = null
    })
    return ready
  }

  private async answer(catalogue: RemoteCatalogue, { words, pairs, spellings, accents }: Questions): Promise<void> {
    const counting = this.counts([
      ...words.map((key) => isOneOf('alias.words', [key])),
      ...pairs.map((pair) => isOneOf('alias.pairs', [pair])),
    ]).then((counts) => {
      for (const [i, key] of words.entries()) catalogue.answerWord(key, counts[i] ?? 0)
      for (const [i, pair] of pairs.entries()) catalogue.answerPair(pair, counts[words.length + i] ?? 0)
    })
    const looking = spellings.map(async (folded) =>
      catalogue.answerSpellings(folded, await this.server.facetSearch(this.uid, 'alias.spellings', folded)),
    )
    const writing = accents.map(async (folded) =>
      catalogue.answerAccents(folded, await this.server.facetSearch(this.uid, 'alias.accents', `${folded} `)),
    )
    await Promise.all([counting, ...looking, ...writing])
  }

  private async counts(conditions: readonly Condition[]): Promise<number[]> {
    const answers = await this.search(conditions.map((filter) => ({ filter, limit: 0 })))
    return answers.map(({ total }) => total)
  }
}
