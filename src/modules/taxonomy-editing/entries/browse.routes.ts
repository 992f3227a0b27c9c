import { z } from 'zod'
import { line } from '../../../kernel/fields.js'
import { pageOf } from '../../../kernel/pagination.js'
import { contextOf } from '../../../platform/http/context.js'
import { readPageQuery, whole } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import type { SearchReader } from '../../../platform/search/index.js'
import type { SearchTerms } from '../../search-terms/index.js'
import { type TaxonomyView, TERM_KINDS } from '../../taxonomy/index.js'
import { entriesOf } from '../acts/acts.rules.js'
import type { Retagging } from '../retagging/retagging.service.js'
import { retagsView } from '../retagging/retags.views.js'
import { browseView } from './browse.views.js'
import { findEntries } from './find.rules.js'

export interface BrowseDeps {
  taxonomy(): TaxonomyView
  search: SearchReader
  searchTerms: SearchTerms
  retagging: Pick<Retagging, 'waiting'>
}

const QUERY = {
  q: line(100).default(''),
  kind: z.enum(TERM_KINDS).default('service'),
  page: whole({ min: 1, max: 1_000, otherwise: 1 }),
}
const PAGE_SIZE = 50

/** All services or sectors, found by any of their words. */
export function browsePages({
  taxonomy,
  search,
  searchTerms,
  retagging,
}: BrowseDeps): Record<'admin.taxonomy', Handler> {
  return {
    'admin.taxonomy': async (req, res) => {
      const context = contextOf(res)
      const { q, kind, page: asked } = readPageQuery(QUERY, req)
      const found = findEntries(entriesOf(taxonomy().taxonomy, kind), q)
      const page = pageOf(asked, PAGE_SIZE, found.length)
      const filter = { op: 'eq', field: 'parkId', value: context.park.id } as const
      const count = { limit: 0, facets: [kind], filter }
      const [[firms, needs], misses, moving] = await Promise.all([
        search.multi([
          { index: 'providers', query: count },
          { index: 'needs', query: count },
        ]),
        searchTerms.countMissing(context.park.id),
        retagging.waiting(context.park.id),
      ])
      const model = {
        ...{ taxonomy: taxonomy().taxonomy, q, kind, page, misses },
        retags: retagsView(moving, taxonomy(), context.url('admin.taxonomy'), context),
        found: found.slice(page.offset, page.offset + PAGE_SIZE),
        firms: firms?.facets[kind] ?? {},
        needs: needs?.facets[kind] ?? {},
      }
      return render(res, 'admin/taxonomy', browseView(model, context))
    },
  }
}
