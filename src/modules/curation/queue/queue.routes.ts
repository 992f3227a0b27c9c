import type { Clock } from '../../../kernel/clock.js'
import { pageOf } from '../../../kernel/pagination.js'
import { contextOf } from '../../../platform/http/context.js'
import { readPageQuery } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { CaseRepository } from '../cases.repository.js'
import { LIST_QUERY } from './queue.schemas.js'
import { queueView } from './queue.views.js'
import { namedCases, type RowDeps } from './rows.js'
import { countIn, filterOf } from './view.rules.js'

export interface QueuePageDeps extends RowDeps {
  cases: CaseRepository
  clock: Clock
}

const PAGE_SIZE = 50

/** What waits for the park's curators, the most urgent first. */
export function queuePages(deps: QueuePageDeps): Record<'admin.queue', Handler> {
  const { cases, clock } = deps
  const named = namedCases(deps)
  return {
    'admin.queue': async (req, res) => {
      const context = contextOf(res)
      const { page: asked, ...view } = readPageQuery(LIST_QUERY, req)
      const { personId: me } = personOf(context)
      const now = clock()
      const counts = await cases.counts(context.park.id, now)
      const page = pageOf(asked, PAGE_SIZE, countIn(counts, view, me))
      const rows = await cases.waiting(context.park.id, filterOf(view, me, now), page)
      const shown = await named(rows, context)
      return render(res, 'admin/queue', queueView({ counts, page, view, shown, me, now }, context))
    },
  }
}
