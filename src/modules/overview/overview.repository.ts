import type { Connection } from 'mongoose'
import { type Page, pageOf } from '../../kernel/pagination.js'
import { STANDINGS } from '../summaries/index.js'
import { type Age, began, type What, withinWeek } from './narrowing.rules.js'

/** Which rows; each number of the overview is the count of what one of these asks for. */
export interface Narrowing {
  what: What
  kind?: string | undefined
  state?: string | undefined
  age?: Age | undefined
  /** The Monday of the week in which they came. */
  week?: string | undefined
}

/** What the list of rows shows of each. */
export interface OverviewRow {
  _id: string
  type?: 'provider' | 'business' | 'need'
  recordId?: string
  kind?: string
  slug?: string
  name?: { vi?: string; en?: string }
  needId?: string
  provider?: string
  state?: string
  createdAt: Date
  updatedAt?: Date
  publishedAt?: Date
}

export interface OverviewPark {
  id: string
  timeZone: string
}

export interface OverviewRepository {
  count(park: OverviewPark, narrowing: Narrowing, now: Date): Promise<number>
  rows(
    park: OverviewPark,
    narrowing: Narrowing,
    now: Date,
    part: { page: number; size: number },
  ): Promise<{ rows: OverviewRow[]; page: Page }>
}

/** What a merged listing says stands in the one that it became part of. */
const UNMERGED = STANDINGS.filter((standing) => standing !== 'merged')

const COLLECTIONS: Record<What, string> = {
  cases: 'cases',
  listings: 'summaries',
  needs: 'needs',
  introductions: 'introductions',
}

/** Counts and rows over what the other modules keep; it writes nothing. */
export function overviewRepository(db: Connection): OverviewRepository {
  const of = (what: What) => db.collection<OverviewRow>(COLLECTIONS[what])

  async function filterOf({ id: parkId, timeZone }: OverviewPark, narrowing: Narrowing, now: Date) {
    const { what, kind, state, age, week } = narrowing
    const came = week ? { createdAt: withinWeek(week, timeZone) } : {}
    const since = age && began(age, now)
    if (what === 'cases') return { parkId, state: 'open', ...(kind && { kind }), ...(since && { createdAt: since }) }
    if (what === 'listings') return { parkId, standing: { $in: UNMERGED }, ...came, ...(since && { updatedAt: since }) }
    if (what === 'introductions') return { parkId, ...came, ...(state && { state }) }
    if (week) return { parkId, ...came }
    const answered = await of('introductions').distinct('needId', { parkId, state: 'accepted' })
    const open = { parkId, status: 'published', archivedAt: null, _id: { $nin: answered } }
    return { ...open, ...(since && { publishedAt: since }) }
  }

  const count: OverviewRepository['count'] = async (park, narrowing, now) =>
    of(narrowing.what).countDocuments((await filterOf(park, narrowing, now)) as object)

  return {
    count,
    rows: async (park, narrowing, now, { page: asked, size }) => {
      const filter = (await filterOf(park, narrowing, now)) as object
      const page = pageOf(asked, size, await count(park, narrowing, now))
      // What has waited longest, or was looked after least, comes first.
      const by = narrowing.what === 'listings' && !narrowing.week ? 'updatedAt' : 'createdAt'
      // The order's own index: a listing's standing would be another, whose rows had to be sorted.
      const hint = narrowing.what === 'listings' ? { hint: { parkId: 1, [by]: 1, _id: 1 } } : {}
      const rows = await of(narrowing.what)
        .find(filter, hint)
        .sort({ [by]: 1, _id: 1 })
        .skip(page.offset)
        .limit(size)
        .toArray()
      return { rows: rows as unknown as OverviewRow[], page }
    },
  }
}

/** For counting by weeks; called by a migration. */
export async function createOverviewIndexes(db: Connection): Promise<void> {
  await db.collection('needs').createIndex({ parkId: 1, createdAt: 1 })
  await db.collection('introductions').createIndex({ parkId: 1, createdAt: 1 })
}
