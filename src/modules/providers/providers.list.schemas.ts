import { z } from 'zod'
import { termId, wardCode } from '../../kernel/fields.js'
import { known, type ListState, listPageParameters } from '../../platform/http/list-state.js'
import { many, type readPageQuery } from '../../platform/http/query.js'
import { languageName } from '../../platform/i18n/languages.js'
import { wardByCode } from '../geography/index.js'
import { currentIds, type TaxonomyView } from '../taxonomy/index.js'
import { providerProfile } from './providers.schemas.js'

/** Where a firm can stand towards the park. */
export const PARK_STATUSES = providerProfile.shape.park.shape.status.options

/** The query of the page of firms. */
export const providersPageQuery = {
  ...listPageParameters,
  service: many(termId, 50),
  sector: many(termId, 50),
  ward: many(wardCode, 50),
  status: many(z.enum(PARK_STATUSES), 10),
  size: many(termId, 10),
  language: many(providerProfile.shape.languages.unwrap().element, 20),
  sort: z.enum(['name', 'updated']).optional(),
}

type Read = ReturnType<typeof readPageQuery<typeof providersPageQuery>>

/** What is asked of the list; values that the taxonomy or the register does not know count as not chosen. */
export function toListState(read: Read, taxonomy: TaxonomyView): ListState {
  const { q, literal, page, sort, service, sector, ward, status, size, language } = read
  return {
    q,
    literal,
    page,
    sort,
    selected: {
      service: known(currentIds(taxonomy, 'service', service), taxonomy.service),
      sector: known(currentIds(taxonomy, 'sector', sector), taxonomy.sector),
      ward: known(ward, wardByCode),
      status: known(status, (one) => one),
      size: known(size, taxonomy.sizeBand),
      language: known(language, (code) => languageName('vi', code)),
    },
  }
}
