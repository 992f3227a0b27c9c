import { z } from 'zod'
import { termId, wardCode } from '../../kernel/fields.js'
import { known, type ListState, listPageParameters } from '../../platform/http/list-state.js'
import { many, type readPageQuery } from '../../platform/http/query.js'
import { wardByCode } from '../geography/index.js'
import { currentIds, type TaxonomyView } from '../taxonomy/index.js'
import { businessProfile } from './businesses.schemas.js'

export const BUSINESS_KINDS = businessProfile.shape.kind.options

/** The query of the page of businesses. */
export const businessesPageQuery = {
  ...listPageParameters,
  sector: many(termId, 50),
  ward: many(wardCode, 50),
  size: many(termId, 10),
  kind: many(z.enum(BUSINESS_KINDS), 10),
  sort: z.enum(['name', 'updated']).optional(),
}

type Read = ReturnType<typeof readPageQuery<typeof businessesPageQuery>>

/** What is asked of the list; values that the taxonomy or the register does not know count as not chosen. */
export function toListState(read: Read, taxonomy: TaxonomyView): ListState {
  const { q, literal, page, sort, sector, ward, size, kind } = read
  return {
    q,
    literal,
    page,
    sort,
    selected: {
      sector: known(currentIds(taxonomy, 'sector', sector), taxonomy.sector),
      ward: known(ward, wardByCode),
      size: known(size, taxonomy.sizeBand),
      kind: known(kind, (one) => one),
    },
  }
}
