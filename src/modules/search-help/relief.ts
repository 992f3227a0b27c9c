import { chosenCount, type ListState, unfiltered, without } from '../../platform/http/list-state.js'
import { nearestTerms, type TermKind } from '../taxonomy/index.js'
import { type Answered, readAsMeant } from './meaning.js'
import type { Vocabulary } from './named.rules.js'

/** What would come of asking a little less, where a list is empty; only what leaves something. */
export interface Relief {
  /** Without one of the chosen values. */
  without: { facet: string; value: string; count: number }[]
  /** Without any chosen value. */
  unfiltered: number
  /** With the chosen values and no words. */
  wordless: number
  /** With short forms and words of the same meaning, where they were taken literally. */
  looser: number
  /** Entries of the taxonomy that the words come near to, with how many of the list have each. */
  near: { kind: TermKind; id: string; count: number }[]
}

export interface ReliefDeps {
  /** What the list answers in another state; its rows are not wanted. */
  peek(state: ListState): Promise<Answered>
  /** How many the whole list has of each value. */
  countsBy(facet: TermKind): Promise<Readonly<Record<string, number>>>
  kinds: readonly TermKind[]
  vocabulary: Vocabulary
}

/** Chosen values that are tried one by one; each costs a search. */
const MOST_TRIED = 6
const MOST_NEAR = 4
/** A name with a slip or two is as much alike. */
const ALIKE = 0.5

/** Looks for the ways out of an empty list. */
export async function findRelief(state: ListState, deps: ReliefDeps): Promise<Relief> {
  const count = async (other: ListState) => (await readAsMeant(other, deps.peek, deps.vocabulary)).list.total
  const chosen = Object.entries(state.selected).flatMap(([facet, values]) => values.map((value) => ({ facet, value })))
  // Without the only value it is without all of them.
  const tried = chosen.length > 1 ? chosen.slice(0, MOST_TRIED) : []
  const ifAny = (wanted: boolean, changed: ListState) => (wanted ? count({ ...changed, page: 1 }) : 0)
  const [each, all, wordless, looser, near] = await Promise.all([
    Promise.all(tried.map(async (one) => ({ ...one, count: await count(without(state, one.facet, one.value)) }))),
    ifAny(chosenCount(state) > 0, unfiltered(state)),
    ifAny(state.q !== '' && chosen.length > 0, { ...state, q: '', literal: false }),
    ifAny(state.literal && state.q !== '', { ...state, literal: false }),
    state.q ? nearTo(state.q, deps) : [],
  ])
  return { without: each.filter((one) => one.count > 0), unfiltered: all, wordless, looser, near }
}

async function nearTo(q: string, { kinds, vocabulary, countsBy }: ReliefDeps): Promise<Relief['near']> {
  const terms = nearestTerms(q, vocabulary.taxonomy.taxonomy, vocabulary.lexicon, MOST_NEAR, ALIKE).filter(({ kind }) =>
    kinds.includes(kind),
  )
  if (terms.length === 0) return []
  const counts = new Map(await Promise.all(kinds.map(async (kind) => [kind, await countsBy(kind)] as const)))
  return terms
    .map(({ kind, entry }) => ({ kind, id: entry.id, count: counts.get(kind)?.[entry.id] ?? 0 }))
    .filter((one) => one.count > 0)
}
