import type { RequestContext } from '../../platform/http/context.js'
import { type ScaleView, scaleView } from '../../platform/views/models/lists.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import type { ScaleRow } from './demand.rules.js'

/** The scale as a page shows it. A row leads to its needs where there are any, else to its firms. */
export function demandScale(
  rows: readonly ScaleRow[],
  kind: 'service' | 'sector',
  taxonomy: TaxonomyView,
  context: RequestContext,
): ScaleView {
  return scaleView(
    rows.map((row) => ({
      label: taxonomy.name(kind, row.id, context.lang),
      demand: row.needs + row.unmet,
      supply: row.firms,
      href: context.url(row.needs > 0 ? 'needs.list' : 'providers.list', {}, { [kind]: row.id }),
    })),
  )
}
