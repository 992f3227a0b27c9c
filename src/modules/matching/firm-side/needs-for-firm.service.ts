import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { Actor } from '../../../kernel/permissions.js'
import { scopeFilter } from '../../../platform/records/scope.js'
import type { Filter, Lexicon, SearchDocument, SearchReader } from '../../../platform/search/index.js'
import { wardByCode } from '../../geography/index.js'
import type { NeedRecord, NeedService } from '../../needs/index.js'
import { type ProviderProfile, type ProviderRecord, providerDocument } from '../../providers/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { firstShown } from '../first-shown.rules.js'
import { withOffers } from '../offers/offered-services.rules.js'
import { factsOf } from '../ranking/firm-facts.rules.js'
import { lotsFor } from '../ranking/spread/draw.rules.js'
import { tellingTerms, textOf } from '../ranking/text-evidence.rules.js'
import type { Weights } from '../ranking/weights.js'
import { explain } from '../reasons/explain.rules.js'
import type { Reason } from '../reasons/reason.types.js'
import { serviceProfiles } from '../understanding/service-profiles.rules.js'
import type { Understood } from '../understanding/understood.types.js'
import { firmWords } from './firm-words.rules.js'
import type { KnownNeed } from './need-document.rules.js'
import { needMemory } from './need-memory.js'
import { type RankedNeed, rankForFirm } from './rank-needs.rules.js'

/** A need that may suit a firm. */
export interface MatchedNeed extends Pick<RankedNeed, 'does' | 'score' | 'answered' | 'accepted'> {
  record: NeedRecord
  understood: Understood
  reasons: readonly Reason[]
}

export interface NeedsAnswer {
  /** The firm as it was judged. */
  profile: ProviderProfile
  /** By rank; those that the firm could serve have precedence where the limit leaves some out. */
  results: readonly MatchedNeed[]
  /** Needs that it could serve, however many are returned. */
  total: number
}

/** What is known of introductions: it is handed in, since they know the matcher no more than it knows them. */
export interface Introduced {
  /** How many firms each of these needs has been brought together with; those with none are left out. */
  acceptedBy(needIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Ids of the needs that the firm has been asked for, or has offered itself for, and that need not be shown to it again. */
  withFirm(provider: string): Promise<ReadonlySet<string>>
}

export interface NeedsForFirm {
  /**
   * The open needs that `actor` may see, ranked for a firm, 200 deep; `limit` of them, 1 to 100, with their records and reasons. Null
   * for a firm that is not listed (archived, suspended).
   */
  rankNeeds(actor: Actor, park: ParkContext, firm: ProviderRecord, limit: number): Promise<NeedsAnswer | null>
}

export interface NeedsForFirmDeps {
  search: Pick<SearchReader, 'matchText'>
  needs: Pick<NeedService, 'byIds'>
  introduced: Introduced
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  /** Those in force. */
  weights(): Weights
  clock: Clock
  candidates?: number
}

/** Needs that are judged, the nearest to what the firm does; beyond them a text's relevance is chance. */
const CANDIDATES = 200

export function needsForFirm(deps: NeedsForFirmDeps): NeedsForFirm {
  const { search, needs, introduced, taxonomy, lexicon, weights: inForce, clock, candidates: most = CANDIDATES } = deps
  const needIn = needMemory()
  const provinceOf = (ward: string) => wardByCode(ward)?.province

  return {
    rankNeeds: async (actor, park, firm, limit) => {
      const profile = firm.published ?? firm.working
      const written = profile && providerDocument({ ...firm, published: profile }, taxonomy())
      if (!profile || !written) return null
      const document = withOffers(written, { lexicon: lexicon(), profiles: serviceProfiles(taxonomy().taxonomy) })
      const weights = inForce()
      const today = plainDateIn(clock(), park.timeZone)
      const facts = factsOf(document)
      const [scored, known] = await Promise.all([
        search.matchText('needs', {
          ...firmWords(profile, facts, taxonomy(), weights),
          filter: openTo(actor, park.id),
          limit: most,
        }),
        introduced.withFirm(firm.id),
      ])
      const open = scored.filter(({ id, document: need }) => !known.has(id) && !isOver(need, today))
      const accepted = await introduced.acceptedBy(open.map(({ id }) => id))
      const candidates = open.flatMap(({ id, score, terms, document: found }) => {
        const need = needIn(found, today)
        return need ? [{ need, relevance: score, terms, accepted: accepted.get(id) ?? 0 }] : []
      })
      const of = { facts, telling: tellingTerms(textOf(document)), draw: lotsFor(`${today} ${firm.id}`) }
      const ranked = rankForFirm(of, candidates, { weights, provinceOf })
      const understood = new Map(candidates.map(({ need }) => [need.id, need]))
      const told = { profile, understood, weights }
      return { profile, ...(await shown(actor, ranked, told, limit)) }
    },
  }

  async function shown(
    actor: Actor,
    ranked: readonly RankedNeed[],
    { understood, profile, weights }: Told,
    limit: number,
  ): Promise<Omit<NeedsAnswer, 'profile'>> {
    const first = firstShown(ranked, (need) => need.does, limit)
    const ids = first.map(({ id }) => id)
    const records = new Map((await needs.byIds(actor, ids)).map((record) => [record.id, record]))
    const results = first.flatMap(({ id, judgements, terms, ...one }): MatchedNeed[] => {
      const [record, need] = [records.get(id), understood.get(id)]
      // One that has changed since it was indexed was judged by what it said before: it is back in a moment.
      if (record?.status !== 'published' || record.version !== need?.version) return []
      const reasons = explain({ id, judgements, terms, score: one.score }, profile, need.understood, {
        lexicon: lexicon(),
        weights,
      })
      return [{ ...one, record, understood: need.understood, reasons }]
    })
    return { results, total: ranked.filter((need) => need.does).length }
  }
}

/** What reasons are made from. */
interface Told {
  understood: ReadonlyMap<string, KnownNeed>
  profile: ProviderProfile
  weights: Weights
}

/** The needs that are open, of those that `actor` may see. */
const openTo = (actor: Actor, parkId: string): Filter => ({
  op: 'and',
  filters: [scopeFilter(actor, parkId), { op: 'eq', field: 'state', value: 'open' }],
})

/** A need whose last day has passed is over before the hourly job says so. */
const isOver = ({ deadline }: SearchDocument, today: string) => typeof deadline === 'string' && deadline < today
