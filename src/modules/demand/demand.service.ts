import { type Clock, plainDateIn } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import { recentlySeen } from '../../platform/recently-seen.js'
import type { Filter } from '../../platform/search/index.js'
import type { NeedService } from '../needs/index.js'
import type { ProviderService } from '../providers/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { type ScaleRow, scaleOf, sumBy } from './demand.rules.js'
import type { Miss, MissesRepository } from './misses.repository.js'

export interface Demand {
  openNeeds: number
  firms: number
  /** Questions that found nobody within the window, whatever they asked for. */
  unmet: number
  /** Of them, those of which not even the kind of work was understood. */
  unmetUnknown: number
  services: ScaleRow[]
  sectors: ScaleRow[]
}

export interface DemandService {
  read(actor: Actor, park: ParkContext): Promise<Demand>
  /**
   * Counts a question for which the matcher found nobody: by what was understood, without a word of it. The same words on
   * the same day count once, so that reloading a page does not make demand.
   */
  countMiss(
    park: ParkContext,
    understood: { services: readonly string[]; sectors: readonly string[] },
    text: string,
  ): Promise<void>
}

export interface DemandDeps {
  needs: NeedService
  providers: ProviderService
  misses: MissesRepository
  taxonomy(): TaxonomyView
  clock: Clock
}

/** Days over which questions without an answer count as demand. */
export const MISS_WINDOW_DAYS = 90

// Questions remembered by their hash, in this process only.
const MOST_REMEMBERED = 10_000

const OPEN: Filter = { op: 'eq', field: 'state', value: 'open' }

export function demandService({ needs, providers, misses, taxonomy, clock }: DemandDeps): DemandService {
  const counted = recentlySeen(MOST_REMEMBERED)
  const day = (park: ParkContext, daysAgo = 0) =>
    plainDateIn(new Date(clock().getTime() - daysAgo * 86_400_000), park.timeZone)

  return {
    read: async (actor, park) => {
      const [byService, bySector, firmsByService, firmsBySector, missed] = await Promise.all([
        needs.counts(actor, park.id, 'service', { filter: OPEN }),
        needs.counts(actor, park.id, 'sector', { filter: OPEN }),
        providers.counts(actor, park.id, 'service'),
        providers.counts(actor, park.id, 'sector'),
        misses.since(park.id, day(park, MISS_WINDOW_DAYS)),
      ])
      const { services, sectors } = taxonomy().taxonomy
      // What was asked for under a retired name is asked for under its successor's.
      const asked = missed.map((miss) => ({
        ...miss,
        service: miss.service && taxonomy().current('service', miss.service),
        sector: miss.sector && taxonomy().current('sector', miss.sector),
      }))
      const ids = (list: readonly { id: string }[]) => list.map((entry) => entry.id)
      const total = (list: readonly { count: number }[]) => list.reduce((sum, entry) => sum + entry.count, 0)
      return {
        openNeeds: byService.total,
        firms: firmsByService.total,
        unmet: total(missed),
        unmetUnknown: total(missed.filter((m) => m.service === null)),
        services: scaleOf(ids(services), byService.by, firmsByService.by, sumBy(asked, 'service')),
        sectors: scaleOf(ids(sectors), bySector.by, firmsBySector.by, sumBy(asked, 'sector')),
      }
    },
    countMiss: async (park, { services, sectors }, text) => {
      const today = day(park)
      if (!counted.isNew(`${park.id} ${today} ${text}`)) return
      const sector = sectors[0] ?? null
      const list: Miss[] =
        services.length > 0 ? services.map((service) => ({ service, sector })) : [{ service: null, sector }]
      await misses.add(park.id, today, list)
    },
  }
}
