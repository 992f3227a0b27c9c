import { z } from 'zod'
import type { PlainDate } from '../../../kernel/clock.js'
import { line } from '../../../kernel/fields.js'
import type { RouteParams } from '../../../kernel/routes.js'
import { many, whole } from '../../../platform/http/query.js'
import {
  BANDS,
  LISTING_TYPES,
  STANDINGS,
  SUMMARY_SORTS,
  type SummaryFilter,
  type SummarySort,
} from '../../summaries/index.js'
import { daysAfter } from '../days.rules.js'

const yesNo = z.enum(['yes', 'no'])

/** The parameters of the list's address. */
export const LIST_QUERY = {
  q: line(100).default(''),
  type: many(z.enum(LISTING_TYPES), 2),
  standing: many(z.enum(STANDINGS), STANDINGS.length),
  band: many(z.enum(BANDS.map(String) as [string, ...string[]]), BANDS.length),
  source: many(z.string().regex(/^[\w:-]{1,40}$/), 10),
  featured: many(yesNo, 2),
  owned: many(yesNo, 2),
  expires: z.enum(['soon', 'past']).optional(),
  sort: z.enum(SUMMARY_SORTS).default('name'),
  page: whole({ min: 1, max: 100_000, otherwise: 1 }),
  /** The row that is open for quick edits. */
  edit: z
    .string()
    .regex(/^[0-9a-z]{1,40}$/)
    .optional(),
}

export interface ListState {
  q: string
  type: readonly string[]
  standing: readonly string[]
  band: readonly string[]
  source: readonly string[]
  featured: readonly string[]
  owned: readonly string[]
  expires?: 'soon' | 'past' | undefined
  sort: SummarySort
  page: number
  edit?: string | undefined
}

/** Listings that have to be confirmed within these days count as expiring soon. */
export const SOON_DAYS = 30

/** What the state asks of the summaries. */
export function toFilter(state: ListState, today: PlainDate): SummaryFilter {
  const yes = (values: readonly string[]) => values.map((value) => value === 'yes')
  return {
    ...(state.q && { q: state.q }),
    dimensions: {
      type: state.type as never,
      standing: state.standing as never,
      band: state.band.map(Number) as never,
      source: state.source,
      featured: yes(state.featured),
      owned: yes(state.owned),
    },
    ...(state.expires === 'soon' && { expires: { from: today, to: daysAfter(today, SOON_DAYS) } }),
    ...(state.expires === 'past' && { expires: { to: daysAfter(today, -1) } }),
  }
}

/** The state as parameters of an address; what has its ordinary value is left out. */
export function toParams({ q, sort, page, ...rest }: ListState): RouteParams {
  return { q, ...rest, sort: sort === 'name' ? undefined : sort, page: page > 1 ? page : undefined }
}
