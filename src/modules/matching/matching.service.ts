import { setImmediate as breathe } from 'node:timers/promises'
import { type Clock, plainDateIn } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import { paceBy } from '../../platform/pace.js'
import { scopeFilter } from '../../platform/records/scope.js'
import { fold, type Lexicon, type SearchReader } from '../../platform/search/index.js'
import type { MeaningNearness } from '../embeddings/index.js'
import { wardByCode } from '../geography/index.js'
import type { WrittenNeed } from '../needs/index.js'
import type { ProviderRecord, ProviderService } from '../providers/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { currentName, withCurrent } from './current-terms.rules.js'
import { firstShown } from './first-shown.rules.js'
import { askOf } from './need-words.rules.js'
import { doers } from './ranking/doers.rules.js'
import { factsOf } from './ranking/firm-facts.rules.js'
import { type Ranked, rank } from './ranking/rank.rules.js'
import { lotsFor } from './ranking/spread/draw.rules.js'
import { spread } from './ranking/spread/spread.rules.js'
import { saysTooLittle } from './ranking/vague.rules.js'
import type { Weights } from './ranking/weights.js'
import { explain } from './reasons/explain.rules.js'
import type { Reason } from './reasons/reason.types.js'
import { soughtConcepts } from './sought-concepts.rules.js'
import { asOf } from './understanding/deadline.rules.js'
import { type Revision, revise } from './understanding/revise.rules.js'
import { serviceProfiles } from './understanding/service-profiles.rules.js'
import { understandingMemory } from './understanding/understanding-memory.js'
import type { Given, Understood } from './understanding/understood.types.js'

/** A need to be matched: its words, what a form gave beside them, and what the reader corrected. */
export interface MatchAsk extends Revision {
  text: string
  given?: Given | undefined
  /** When it was written, from which "in two weeks" counts; now when left out. */
  writtenAt?: Date | undefined
  /** How many firms to return with their reasons, 1 to 100. */
  limit: number
  /** For pages, which list what they count: firms that do it are returned before near ones that rank higher. */
  doersFirst?: boolean | undefined
}

/** A firm that may do it. */
export interface MatchedFirm {
  record: ProviderRecord
  /** Whether it does what is asked for; the others are merely near. */
  does: boolean
  /** Whether it has its place for being new here. */
  newcomer: boolean
  /** 0 to 1; comparable within one answer. Firms whose scores hardly differ may stand in another order. */
  score: number
  reasons: readonly Reason[]
}

/**
 * What a need was answered with: firms that do it; `nobody` here does it, and the results are then the nearest, in their order all the
 * same; or nobody was found because the text is too `vague` for anybody to know what is needed, which is no demand.
 */
export type Verdict = 'answered' | 'nobody' | 'vague'

export interface MatchAnswer {
  understood: Understood
  verdict: Verdict
  results: readonly MatchedFirm[]
  /** Firms that do it, however many are returned; 0 when nobody does. */
  total: number
}

/** The order of firms without their records: what measuring needs. */
export interface RankedAnswer {
  understood: Understood
  /** Whether nobody here does it, for whichever reason. */
  nobody: boolean
  /** Ids of the firms that do it. */
  doing: ReadonlySet<string>
  ranked: readonly Ranked[]
  /** Id of the firm that has its place for being new here; null where none has. */
  newcomer: string | null
}

/** A need without what of its firms is to be returned. */
export type RankAsk = Omit<MatchAsk, 'limit' | 'doersFirst'>

export interface Matcher {
  /** Understands a need and ranks the firms for it, 200 deep. */
  rank(actor: Actor, park: ParkContext, ask: RankAsk): Promise<RankedAnswer>
  /** The same by other weights than those in force, an answer for each. */
  rankBy<const W extends readonly Weights[]>(
    actor: Actor,
    park: ParkContext,
    ask: RankAsk,
    weightings: W,
  ): Promise<{ [At in keyof W]: RankedAnswer }>
  /** The same with the first firms' records and reasons. */
  match(actor: Actor, park: ParkContext, ask: MatchAsk): Promise<MatchAnswer>
  /** Firms for a stored need: its fields go before its words. */
  matchNeed(actor: Actor, park: ParkContext, need: WrittenNeed, limit: number): Promise<MatchAnswer>
}

export interface MatcherDeps {
  search: SearchReader
  providers: Pick<ProviderService, 'byIds'>
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  /** Those in force. */
  weights(): Weights
  clock: Clock
  /** How near in meaning firms are to a need's words by an outside endpoint, where one is configured. */
  meaning?: Pick<MeaningNearness, 'of'> | undefined
}

/** Firms that are judged; beyond it a text's relevance is chance. */
const CANDIDATES = 200

export function matcher({
  search,
  providers,
  taxonomy,
  lexicon,
  weights: inForce,
  clock,
  meaning,
}: MatcherDeps): Matcher {
  const provinceOf = (ward: string) => wardByCode(ward)?.province
  const understand = understandingMemory()

  const todayIn = (park: ParkContext) => plainDateIn(clock(), park.timeZone)
  const understandAsk = (park: ParkContext, { text, given, writtenAt, dropped, added }: RankAsk): Understood => {
    const view = taxonomy()
    const now = (names: readonly string[] | undefined) => names?.map((name) => currentName(view, name))
    const read = understand(text, {
      lexicon: lexicon(),
      taxonomy: view,
      province: park.province,
      writtenOn: writtenAt ? plainDateIn(writtenAt, park.timeZone) : todayIn(park),
      given: given && withCurrent(view, given),
    })
    return revise(
      asOf(read, todayIn(park)),
      { dropped: now(dropped), added: now(added) },
      (kind, id) => view[kind](id) !== undefined,
    )
  }

  const find = async (
    actor: Actor,
    park: ParkContext,
    { text }: RankAsk,
    understood: Understood,
    { service }: Weights,
  ) => {
    const scored = await search.matchText('providers', {
      text: understood.words,
      concepts: soughtConcepts(understood, service),
      filter: scopeFilter(actor, park.id),
      limit: CANDIDATES,
    })
    const nearnesses = await meaning?.of(
      text,
      scored.map(({ id }) => id),
    )
    await breathe()
    const candidates = scored.map((one) => ({
      scored: one,
      facts: factsOf(one.document),
      nearInMeaning: nearnesses?.get(one.id) ?? 0,
    }))
    const documents = new Map(scored.map(({ id, document }) => [id, document]))
    // Typed with accents or without, on one line or two, it is the same need.
    const draw = lotsFor([todayIn(park), ...fold(text).split(/\s+/)].join(' ').trim())
    return { understood, candidates, documents, draw }
  }

  // Each stage takes milliseconds: between them other pages go first.
  const ranking = async (found: Awaited<ReturnType<typeof find>>, weights: Weights): Promise<RankedAnswer> => {
    const { understood, candidates, documents, draw } = found
    const byFit = rank(understood, candidates, { weights, provinceOf })
    await breathe()
    const doing = new Set(doers(understood, byFit, documents, weights).map(({ id }) => id))
    const facts = new Map(candidates.map(({ facts }) => [facts.id, facts]))
    const shared = spread(byFit, doing, { weights, facts, draw, now: clock() })
    return { understood, nobody: doing.size === 0, doing, ...shared }
  }

  const verdictOnNobody = (understood: Understood): Verdict =>
    saysTooLittle(understood, serviceProfiles(taxonomy().taxonomy)) ? 'vague' : 'nobody'

  const match: Matcher['match'] = async (actor, park, { limit, doersFirst = false, ...ask }) => {
    const weights = inForce()
    const looked = await find(actor, park, ask, understandAsk(park, ask), weights)
    const { understood, ranked, doing, newcomer, nobody } = await ranking(looked, weights)
    const first = doersFirst ? firstShown(ranked, ({ id }) => doing.has(id), limit) : ranked.slice(0, limit)
    const ids = first.map(({ id }) => id)
    const records = new Map((await providers.byIds(actor, ids)).map((record) => [record.id, record]))
    const results: MatchedFirm[] = []
    const pace = paceBy()
    for (const one of first) {
      const record = records.get(one.id)
      if (!record?.published) continue
      await pace()
      const reasons = explain(one, record.published, understood, { lexicon: lexicon(), weights })
      results.push({ record, does: doing.has(one.id), newcomer: one.id === newcomer, score: one.score, reasons })
    }
    return { understood, verdict: nobody ? verdictOnNobody(understood) : 'answered', results, total: doing.size }
  }

  return {
    rank: async (actor, park, ask) => {
      const weights = inForce()
      return ranking(await find(actor, park, ask, understandAsk(park, ask), weights), weights)
    },
    rankBy: async (actor, park, ask, weightings) => {
      const understood = understandAsk(park, ask)
      // Firms are looked for by what services are worth: once for weights that say the same of it.
      const found = new Map<string, ReturnType<typeof find>>()
      const answers = weightings.map(async (weights) => {
        const sought = JSON.stringify(weights.service)
        const looking = found.get(sought) ?? find(actor, park, ask, understood, weights)
        found.set(sought, looking)
        return ranking(await looking, weights)
      })
      return (await Promise.all(answers)) as { [At in keyof typeof weightings]: RankedAnswer }
    },
    match,
    matchNeed: (actor, park, need, limit) => match(actor, park, { ...askOf(need), limit, doersFirst: true }),
  }
}
