import type { Request } from 'express'
import { z } from 'zod'
import { termId, wardCode } from '../../kernel/fields.js'
import { type ListState, listPageParameters } from '../../platform/http/list-state.js'
import { chosen, ordered } from '../../platform/http/listing-query.js'
import { many, readPageQuery } from '../../platform/http/query.js'
import type { ListQuery } from '../../platform/records/listing.service.js'
import type { Sort } from '../../platform/search/index.js'
import { wardByCode } from '../geography/index.js'
import { currentIds, type TaxonomyView } from '../taxonomy/index.js'
import { NEED_STATES } from './needs.rules.js'

export const PAGE_SIZE = 20

/** The states to choose from; `open` is the ordinary one and stands for no choice. */
export const SHOWN_STATES = [...NEED_STATES, 'all'] as const
export type ShownState = (typeof SHOWN_STATES)[number]

const NEWEST: Sort = { field: 'published', order: 'desc' }
const SORTS: Record<string, Sort> = { newest: NEWEST, deadline: { field: 'deadline', order: 'asc' } }

const pageQuery = {
  ...listPageParameters,
  service: many(termId, 20),
  sector: many(termId, 20),
  ward: many(wardCode, 20),
  state: z.enum(SHOWN_STATES).default('open'),
  sort: z.enum(['newest', 'deadline']).optional(),
}

/** What the list of needs was asked for. Never fails: what makes no sense, or names no term, counts as not asked. */
export function needListState(req: Request, taxonomy: TaxonomyView): ListState {
  const { q, literal, page, sort, state, service, sector, ward } = readPageQuery(pageQuery, req)
  return {
    q,
    literal,
    page,
    // The order that a list without words has anyway is no choice.
    sort: sort === 'newest' && !q ? undefined : sort,
    selected: {
      service: known(currentIds(taxonomy, 'service', service), taxonomy.service),
      sector: known(currentIds(taxonomy, 'sector', sector), taxonomy.sector),
      ward: known(ward, wardByCode),
      state: state === 'open' ? [] : [state],
    },
  }
}

const known = (ids: readonly string[], find: (id: string) => unknown) => [...new Set(ids)].filter((id) => find(id))

export const stateIn = ({ selected }: ListState): ShownState =>
  SHOWN_STATES.find((state) => selected.state?.[0] === state) ?? 'open'

/** The same as the listing asks the search engine. */
export function toListQuery(state: ListState): Omit<ListQuery, 'offset' | 'limit'> {
  const { q, literal, sort, selected } = state
  const shown = stateIn(state)
  return {
    ...ordered(q || undefined, sort ? SORTS[sort] : undefined, NEWEST),
    literal,
    selected: chosen({ ...selected, state: shown === 'all' ? [] : [shown] }),
    facets: ['service', 'sector', 'ward', 'state'],
  }
}
