import { contextOf } from '../../platform/http/context.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { type DemandService, MISS_WINDOW_DAYS } from './demand.service.js'
import { demandScale } from './demand.views.js'

export interface DemandPageDeps {
  demand: DemandService
  taxonomy(): TaxonomyView
}

/** Where the market is waiting: open needs and questions without an answer against firms, by service and by sector. */
export function demandPages({ demand, taxonomy }: DemandPageDeps): Record<'demand', Handler> {
  return {
    demand: async (_req, res) => {
      const context = contextOf(res)
      const { t } = context
      const read = await demand.read(context.actor, context.park)
      const byService = demandScale(read.services, 'service', taxonomy(), context)
      const bySector = demandScale(read.sectors, 'sector', taxonomy(), context)
      render(res, 'demand/show', {
        title: t('demand.title'),
        description: t('demand.lead'),
        summary: t('demand.summary', { needs: read.openNeeds, firms: read.firms }),
        unmet: read.unmet > 0 ? t('demand.unmet', { count: read.unmet, days: MISS_WINDOW_DAYS }) : null,
        unmetUnknown: read.unmetUnknown > 0 ? t('demand.unmetUnknown', { count: read.unmetUnknown }) : null,
        services: byService.rows.length > 0 ? byService : null,
        sectors: bySector.rows.length > 0 ? bySector : null,
        waiting: byService.rows
          .filter((row) => row.supply === 0)
          .map(({ href, label, demand }) => ({ href, label, demand })),
        postHref: context.url('needs.new'),
      })
    },
  }
}
