import { z } from 'zod'
import type { Clock } from '../../kernel/clock.js'
import { Forbidden, NotFound } from '../../kernel/errors.js'
import { can } from '../../kernel/permissions.js'
import type { Lang, ShownText } from '../../kernel/text.js'
import { contextOf, type RequestContext } from '../../platform/http/context.js'
import { readPageQuery, whole } from '../../platform/http/query.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { RECORD_TYPES, type RecordType } from '../../platform/records/record.types.js'
import { CASE_KINDS } from '../curation/index.js'
import { nameOf } from '../reviewing/index.js'
import { type FiguresDeps, INTRODUCTION_STATES, overviewFigures } from './figures.service.js'
import { lastWeeks, readAge, WHATS } from './narrowing.rules.js'
import type { Narrowing, OverviewRow } from './overview.repository.js'
import { overviewView } from './overview.views.js'
import { rowsView } from './rows.views.js'

export interface OverviewPageDeps extends FiguresDeps {
  records: Pick<RecordRepository, 'byIds'>
  clock: Clock
}

const SIZE = 50
const QUERY = {
  kind: z.string().optional(),
  state: z.string().optional(),
  age: z.string().optional(),
  week: z.string().optional(),
  page: whole({ min: 1, max: 100_000, otherwise: 1 }),
}

/** How the park stands: numbers, and the rows behind each. */
export function overviewPages(deps: OverviewPageDeps): Record<'admin.overview' | 'admin.overview-rows', Handler> {
  const { overview, records, clock } = deps
  const figures = overviewFigures(deps)
  return {
    'admin.overview': async (_req, res) => {
      const context = contextOf(res)
      mayRead(context)
      return render(res, 'admin/overview', overviewView(await figures(context.park), context))
    },
    'admin.overview-rows': async (req, res) => {
      const context = contextOf(res)
      mayRead(context)
      const what = WHATS.find((one) => one === req.params.what)
      if (!what) throw new NotFound('overview', String(req.params.what))
      const now = clock()
      const { kind, state, age, week, page: asked } = readPageQuery(QUERY, req)
      const narrowing: Narrowing = {
        what,
        kind: CASE_KINDS.find((one) => one === kind),
        state: INTRODUCTION_STATES.find((one) => one === state),
        age: readAge(age ?? null, what) ?? undefined,
        week: lastWeeks(now, context.park.timeZone).find((one) => one === week),
      }
      const { rows, page } = await overview.rows(context.park, narrowing, now, { page: asked, size: SIZE })
      const names = await namesOf(records, rows, what, context.lang)
      return render(res, 'admin/overview-rows', rowsView({ narrowing, rows, page, names, now }, context))
    },
  }
}

function mayRead({ actor }: RequestContext) {
  if (!can(actor, 'admin:overview')) throw new Forbidden('admin:overview')
}

type Named = Parameters<typeof nameOf>[0]

async function namesOf(
  records: Pick<RecordRepository, 'byIds'>,
  rows: readonly OverviewRow[],
  what: Narrowing['what'],
  lang: Lang,
): Promise<Map<string, ShownText>> {
  const ids: Record<RecordType, string[]> = { provider: [], business: [], need: [] }
  for (const { _id, type, recordId, provider, needId } of rows) {
    if (what === 'listings' && type) ids[type].push(_id)
    if (what === 'needs') ids.need.push(_id)
    if (what === 'cases' && type && recordId) ids[type].push(recordId)
    if (provider) ids.provider.push(provider)
    if (needId) ids.need.push(needId)
  }
  const found = await Promise.all(RECORD_TYPES.map((type) => records.byIds<Named>(type, ids[type])))
  return new Map(
    found.flat().flatMap((record) => {
      const content = record.published ?? record.working
      return content ? [[record.id, nameOf(content, lang)] as const] : []
    }),
  )
}
