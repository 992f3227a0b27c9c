import type { Clock } from '../../kernel/clock.js'
import { CASE_KINDS, type CaseRepository } from '../curation/index.js'
import type { SearchTerms } from '../search-terms/index.js'
import { BANDS, type SummaryRepository } from '../summaries/index.js'
import { AGES, type Age, lastWeeks } from './narrowing.rules.js'
import type { Narrowing, OverviewPark, OverviewRepository } from './overview.repository.js'

export const INTRODUCTION_STATES = ['open', 'accepted', 'declined', 'withdrawn', 'lapsed'] as const

/** Every number of the overview, with what it counts. */
export interface Figures {
  at: Date
  waiting: { kind: string; total: number; late: number; ages: { age: Age; n: number }[] }[]
  bands: { band: number; n: number }[]
  ages: { age: Age; n: number }[]
  needs: { age: Age; n: number }[]
  misses: number
  introductions: { state: string; n: number }[]
  weeks: { week: string; listings: number; needs: number; introductions: number }[]
}

export interface FiguresDeps {
  overview: OverviewRepository
  cases: Pick<CaseRepository, 'counts'>
  summaries: Pick<SummaryRepository, 'count'>
  searchTerms: Pick<SearchTerms, 'countMissing'>
  clock: Clock
}

/** How long what was counted is shown again, in ms; the page says when it was counted. */
const KEPT_MS = 60_000

export function overviewFigures(deps: FiguresDeps): (park: OverviewPark) => Promise<Figures> {
  const kept = new Map<string, { at: number; figures: Promise<Figures> }>()
  return (park) => {
    const now = deps.clock()
    const known = kept.get(park.id)
    if (known && Math.abs(now.getTime() - known.at) < KEPT_MS) return known.figures
    const figures = counted(deps, park, now)
    kept.set(park.id, { at: now.getTime(), figures })
    figures.catch(() => kept.delete(park.id))
    return figures
  }
}

async function counted(deps: FiguresDeps, park: OverviewPark, now: Date): Promise<Figures> {
  const { overview, cases, summaries, searchTerms } = deps
  const count = (narrowing: Narrowing) => overview.count(park, narrowing, now)
  const aged = (ages: readonly Age[], narrowing: Narrowing) =>
    Promise.all(ages.map(async (age) => ({ age, n: await count({ ...narrowing, age }) })))
  const open = await cases.counts(park.id, now)
  const waiting = CASE_KINDS.map((kind) => {
    const own = open.filter((one) => one.kind === kind)
    const sum = (of: 'count' | 'overdue') => own.reduce((all, one) => all + one[of], 0)
    return { kind, total: sum('count'), late: sum('overdue') }
  }).filter(({ total }) => total > 0)
  const { facets } = await summaries.count(park.id)
  return {
    at: now,
    waiting: await Promise.all(
      waiting.map(async (one) => ({ ...one, ages: await aged(AGES.cases, { what: 'cases', kind: one.kind }) })),
    ),
    bands: BANDS.map((band) => ({ band, n: facets.band.get(band) ?? 0 })),
    ages: await aged(AGES.listings, { what: 'listings' }),
    needs: await aged(AGES.needs, { what: 'needs' }),
    misses: await searchTerms.countMissing(park.id),
    introductions: await Promise.all(
      INTRODUCTION_STATES.map(async (state) => ({ state, n: await count({ what: 'introductions', state }) })),
    ),
    weeks: await Promise.all(
      lastWeeks(now, park.timeZone).map(async (week) => ({
        week,
        listings: await count({ what: 'listings', week }),
        needs: await count({ what: 'needs', week }),
        introductions: await count({ what: 'introductions', week }),
      })),
    ),
  }
}
