import type { ParkContext } from '../../../kernel/park.js'
import { VISITOR } from '../../../kernel/permissions.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import { scopeFilter } from '../../../platform/records/scope.js'
import {
  detectConcepts,
  type Lexicon,
  type SearchDocument,
  type Trial,
  type TrialSearch,
} from '../../../platform/search/index.js'
import { type ProviderProfile, providerDocument } from '../../providers/index.js'
import type { SearchTerms } from '../../search-terms/index.js'
import { type Taxonomy, type TaxonomyView, toLexicon, viewOf, withSuccessors } from '../../taxonomy/index.js'
import type { TaxonomyUses } from '../uses/uses.repository.js'
import { type Building, holdTrial } from './held-trial.js'
import { readOtherwise } from './otherwise.rules.js'
import { queriesToTry } from './queries.rules.js'

export interface EffectDeps {
  trials: TrialSearch
  records: RecordRepository
  uses: TaxonomyUses
  searchTerms: SearchTerms
}

/** What a query is answered with. */
export interface QueryAnswer {
  /** Firms found. */
  total: number
  /** Names of the first of them. */
  first: string[]
  /** Concepts that a need in these words would be understood to ask for. */
  understood: string[]
}

export interface QueryEffect {
  query: string
  before: QueryAnswer
  after: QueryAnswer
}

/** What was tried within one step. */
export interface EffectStep {
  /** Null while things as they would be are still being built. */
  effects: QueryEffect[] | null
  /** Queries tried so far, to be tried at all, and thought of. */
  tried: number
  queries: number
  all: number
}

export interface TaxonomyEffect {
  /** The queries that are answered otherwise, from the one at `from` on, as many as can be tried in a moment. */
  step(park: ParkContext, draft: string, before: Taxonomy, after: Taxonomy, from: number): Promise<EffectStep>
}

/** A page waits no longer than this, in milliseconds. */
const MOMENT_MS = 60
/** Names of firms that are compared and shown. */
const FIRST = 3
/** Below this a concept is a guess. */
const SURE_ENOUGH = 0.45
/** Searches that found nothing of which the effect is looked at. */
const MOST_MISSES = 100
const BATCH = 200

interface Side {
  search: Trial
  lexicon: Lexicon
}

interface Sides {
  now: Side
  later: Side
}

/** Runs queries by the taxonomy as it is and as it would be. Only what is in memory is searched: the built-in engine. */
export function taxonomyEffect({ trials, records, uses, searchTerms }: EffectDeps): TaxonomyEffect {
  const held = holdTrial<Sides>(async ({ now, later }) => {
    await now.search.end()
    await later.search.end()
  })

  async function build(park: ParkContext, before: Taxonomy, after: Taxonomy): Promise<Sides> {
    const [now, later] = [toLexicon(before), toLexicon(after)]
    const providers = await differingDocuments(park.id, before, viewOf(after))
    const asNow = await trials.trial(now)
    try {
      const asLater = await trials.trial(later, { providers })
      return { now: { search: asNow, lexicon: now }, later: { search: asLater, lexicon: later } }
    } catch (error) {
      await asNow.end()
      throw error
    }
  }

  async function differingDocuments(parkId: string, before: Taxonomy, view: TaxonomyView) {
    const documents = new Map<string, SearchDocument | null>()
    for (const entry of readOtherwise(before, view.taxonomy)) {
      let ids: string[]
      let at = ''
      do {
        ids = await uses.ids(parkId, 'provider', entry, { after: at, limit: BATCH })
        at = ids.at(-1) ?? ''
        for (const record of await records.byIds<ProviderProfile>('provider', ids)) {
          const document = providerDocument(withSuccessors(record, view), view)
          if (document) documents.set(record.id, document)
        }
      } while (ids.length === BATCH)
    }
    return documents
  }

  async function answer({ search, lexicon }: Side, park: ParkContext, query: string): Promise<QueryAnswer> {
    const filter = scopeFilter(VISITOR, park.id)
    const { total, hits } = await search.search('providers', { q: query, filter, limit: FIRST })
    const found = detectConcepts(query, lexicon).found.filter(({ weight }) => weight >= SURE_ENOUGH)
    return {
      ...{ total, first: hits.map(({ document }) => nameIn(document)) },
      understood: found.map(({ id }) => id).sort(),
    }
  }

  async function tryQueries(trial: Building<Sides>, park: ParkContext, queries: readonly string[], from: number) {
    const started = performance.now()
    await Promise.race([trial.built, new Promise((resolve) => setTimeout(resolve, MOMENT_MS))])
    const { ready } = trial
    if (!ready) return { effects: null, tried: from }
    const effects: QueryEffect[] = []
    let at = from
    // At least one, so that there is an end to it on the slowest machine.
    do {
      const query = queries[at]
      if (query === undefined) break
      const effect = {
        query,
        before: await answer(ready.now, park, query),
        after: await answer(ready.later, park, query),
      }
      if (JSON.stringify(effect.before) !== JSON.stringify(effect.after)) effects.push(effect)
      at++
    } while (performance.now() - started < MOMENT_MS)
    return { effects, tried: at }
  }

  return {
    step: async (park, draft, before, after, from) => {
      const { terms } = await searchTerms.shown(park.id, { which: 'missing', page: 1, size: MOST_MISSES })
      const missed = terms.map(({ text }) => text)
      const { queries, all } = queriesToTry(before, after, missed)
      // Each step asks for the same sides again.
      const key = `${draft} ${before.version}`
      const step = await held.use(
        key,
        () => build(park, before, after),
        (trial) => tryQueries(trial, park, queries, from),
      )
      if (step.effects && step.tried >= queries.length) held.done(key)
      return { ...step, queries: queries.length, all }
    },
  }
}

function nameIn({ name }: SearchDocument): string {
  const [first = ''] = [name].flat()
  return String(first)
}
