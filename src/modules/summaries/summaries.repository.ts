import type { Connection } from 'mongoose'
import type { PlainDate } from '../../kernel/clock.js'
import { type Page, pageOf } from '../../kernel/pagination.js'
import { summaryModels } from './summaries.model.js'
import { lookupWords, telling } from './summaries.rules.js'
import type { CountRow, Dimensions, SummaryRow } from './summaries.types.js'

/** Which listings; of a dimension with several values any, of different ones all. Merged ones only when asked for. */
export interface SummaryFilter {
  /** Words of names, tax code or domain, without accents and unfinished if need be. */
  q?: string
  dimensions?: { readonly [K in keyof Dimensions]?: readonly Dimensions[K][] }
  /** The last confirmed day lies in these days, both included. */
  expires?: { from?: PlainDate; to?: PlainDate }
}

export const SUMMARY_SORTS = ['name', 'updated', 'created', 'completeness', 'expires'] as const
export type SummarySort = (typeof SUMMARY_SORTS)[number]

/** Counts by value of a dimension. */
export type Facets = Record<keyof Dimensions, ReadonlyMap<Dimensions[keyof Dimensions], number>>

export interface SummaryCount {
  total: number
  /** Not all were counted: there are more. */
  more: boolean
  facets: Facets
}

export interface SummaryRepository {
  /** One page in some order. */
  find(
    parkId: string,
    filter: SummaryFilter,
    query: { sort: SummarySort; page: number; size: number },
  ): Promise<{ rows: SummaryRow[]; page: Page; count: SummaryCount }>
  /** How many, and how many of each value; a dimension's own values are counted without its own filter. */
  count(parkId: string, filter?: SummaryFilter): Promise<SummaryCount>
  /** All in the order of ids, in constant memory. */
  each(parkId: string, filter?: SummaryFilter): AsyncIterable<SummaryRow>
  byId(id: string): Promise<SummaryRow | null>
  byIds(ids: readonly string[]): Promise<SummaryRow[]>
  /** Those with a tax code; merged ones are left out. */
  byTaxCode(parkId: string, taxCode: string): Promise<SummaryRow[]>
  byTaxCodes(parkId: string, taxCodes: readonly string[]): Promise<SummaryRow[]>
}

const ORDER: Record<SummarySort, Record<string, 1 | -1>> = {
  name: { sortName: 1, _id: 1 },
  updated: { updatedAt: -1, _id: -1 },
  created: { createdAt: -1, _id: -1 },
  completeness: { completeness: 1, _id: 1 },
  expires: { expiresOn: 1, _id: 1 },
}

const DIMENSIONS = ['type', 'standing', 'band', 'source', 'featured', 'owned'] as const

/** With words or days, no more than this many are counted. */
const MOST_COUNTED = 200

/** Where at least one in so many rows is wanted, walking the order is faster than sorting what a filter's index yields. */
const DENSE = 20

export function summaryRepository(db: Connection): SummaryRepository {
  const { summaries, counts } = summaryModels(db)

  const cube = (parkId: string) => counts.find({ parkId, n: { $gt: 0 } }).lean<CountRow[]>()

  /** Rows to be counted: of the combinations where nothing but dimensions is asked, else of what is found. */
  const counted = async (parkId: string, filter: SummaryFilter): Promise<{ rows: CountedRow[]; more: boolean }> => {
    if (!isNarrow(filter)) return { rows: await cube(parkId), more: false }
    const { dimensions: _, ...narrow } = filter
    const found = await summaries
      .find(conditions(parkId, { ...narrow, dimensions: {} }, true))
      .limit(MOST_COUNTED + 1)
      .select({ type: 1, standing: 1, band: 1, source: 1, featured: 1, owned: 1 })
      .lean<SummaryRow[]>()
    return { rows: found.slice(0, MOST_COUNTED).map((row) => ({ ...row, n: 1 })), more: found.length > MOST_COUNTED }
  }

  const count: SummaryRepository['count'] = async (parkId, filter = {}) => {
    const { rows, more } = await counted(parkId, filter)
    const sum = (some: readonly CountedRow[]) => some.reduce((all, { n }) => all + n, 0)
    const facetOf = (dimension: keyof Dimensions) => {
      const values = new Map<Dimensions[keyof Dimensions], number>()
      for (const row of rows) {
        const asked = { ...filter.dimensions, [dimension]: undefined }
        // Merged ones are offered as a choice of their own, and are nowhere else.
        if (!(dimension === 'standing' ? fits(row, asked) : fitsAsked(row, asked))) continue
        values.set(row[dimension], (values.get(row[dimension]) ?? 0) + row.n)
      }
      return [dimension, values] as const
    }
    const { dimensions = {} } = filter
    return {
      total: more ? await countedUpTo(parkId, filter) : sum(rows.filter((row) => fitsAsked(row, dimensions))),
      more,
      facets: Object.fromEntries(DIMENSIONS.map(facetOf)) as unknown as Facets,
    }
  }

  return {
    count,
    find: async (parkId, filter, { sort, page: asked, size }) => {
      const counted = await count(parkId, filter)
      const page = pageOf(asked, size, counted.total)
      if (counted.total === 0) return { rows: [], page, count: counted }
      const query = summaries
        .find(conditions(parkId, filter))
        .sort({ ...ORDER[sort] })
        .skip(page.offset)
        .limit(size)
      const [field = ''] = Object.keys(ORDER[sort])
      const all = counted.more || (!isNarrow(filter) && counted.total * DENSE > (await inAll(parkId)))
      if (all) query.hint({ parkId: 1, [field]: 1, _id: 1 })
      return { rows: await query.lean<SummaryRow[]>(), page, count: counted }
    },
    each: (parkId, filter = {}) => stream(conditions(parkId, filter)),
    byId: (id) => summaries.findById(id).lean<SummaryRow>(),
    byIds: (ids) => summaries.find({ _id: { $in: [...ids] } }).lean<SummaryRow[]>(),
    byTaxCode: (parkId, taxCode) =>
      summaries.find({ parkId, taxCode, standing: { $ne: 'merged' } }).lean<SummaryRow[]>(),
    byTaxCodes: (parkId, taxCodes) =>
      summaries.find({ parkId, taxCode: { $in: [...taxCodes] }, standing: { $ne: 'merged' } }).lean<SummaryRow[]>(),
  }

  /** What is found first need not be what the dimensions ask for. */
  async function countedUpTo(parkId: string, filter: SummaryFilter): Promise<number> {
    const found = await summaries.find(conditions(parkId, filter)).limit(MOST_COUNTED).select({ _id: 1 }).lean()
    return found.length
  }

  async function inAll(parkId: string): Promise<number> {
    return (await cube(parkId)).reduce((all, { n }) => all + n, 0)
  }

  async function* stream(filter: object): AsyncIterable<SummaryRow> {
    const rows = summaries.find(filter).sort({ _id: 1 }).lean<SummaryRow>().cursor({ batchSize: 500 })
    for await (const row of rows) yield row as SummaryRow
  }
}

type CountedRow = Dimensions & { n: number }
type Asked = NonNullable<SummaryFilter['dimensions']>

const isNarrow = ({ q, expires }: SummaryFilter): boolean => lookupWords(q ?? '').length > 0 || expires !== undefined

const fits = (row: Dimensions, asked: Asked): boolean =>
  DIMENSIONS.every((dimension) => {
    const wanted = asked[dimension] as readonly unknown[] | undefined
    return !wanted || wanted.length === 0 || wanted.includes(row[dimension])
  })

const fitsAsked = (row: Dimensions, asked: Asked): boolean =>
  fits(row, asked) && (row.standing !== 'merged' || Boolean(asked.standing?.includes('merged')))

function conditions(parkId: string, { q = '', dimensions = {}, expires }: SummaryFilter, merged = false): object {
  const wanted = DIMENSIONS.flatMap((dimension) => {
    const values = dimensions[dimension] as readonly unknown[] | undefined
    if (!values || values.length === 0) return []
    return [[dimension, values.length === 1 ? values[0] : { $in: [...values] }]]
  })
  const { from, to } = expires ?? {}
  // The words are made of letters and digits alone, so that they are patterns as they stand.
  const begins = telling(lookupWords(q)).map((word) => ({ words: new RegExp(`^${word}`) }))
  return {
    parkId,
    ...(!merged && { standing: { $ne: 'merged' } }),
    ...Object.fromEntries(wanted),
    ...(expires && { expiresOn: { ...(from && { $gte: from }), ...(to && { $lte: to }), $type: 'string' } }),
    ...(begins.length > 0 && { $and: begins }),
  }
}
