import type { Request, Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { contextOf, type RequestContext } from '../../../platform/http/context.js'
import { readPageQuery } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { AssigningService } from '../assigning/assigning.service.js'
import type { CaseRow } from '../cases.model.js'
import type { CaseRepository } from '../cases.repository.js'
import type { DeskRepository } from '../desk/desk.repository.js'
import { nextHref } from '../queue/next.js'
import { VIEW_QUERY } from '../queue/queue.schemas.js'
import { type NamedCase, namedCases, type RowDeps } from '../queue/rows.js'
import { filterOf, type QueueView } from '../queue/view.rules.js'
import type { CaseForm } from '../subjects.types.js'
import { caseView } from './case.views.js'
import type { DecidingService } from './deciding.service.js'

export interface CasePageDeps extends RowDeps {
  cases: CaseRepository
  desk: DeskRepository
  deciding: DecidingService
  assigning: AssigningService
  clock: Clock
}

/** How the page answers a form that did not do what was asked. */
export interface Shown {
  status?: number
  form?: CaseForm
  warning?: string | null
}

const UNTOUCHED: CaseForm = { typed: {}, errors: [] }

/** How much of the list stands beside a case. */
const BESIDE = { before: 6, after: 24 }

export const viewOf = (req: Request): QueueView => readPageQuery(VIEW_QUERY, req)

/** Answers with the page of one case, beside what else is in the view that it was opened in. */
export function caseShower(deps: CasePageDeps) {
  const { cases, desk, deciding, assigning, subjects, people, clock } = deps
  const goOn = nextHref(deps)
  const named = namedCases(deps)

  return async (req: Request, res: Response, { status = 200, form = UNTOUCHED, warning = null }: Shown = {}) => {
    const context = contextOf(res)
    const me = personOf(context).personId
    const found = await deciding.find(personOf(context), context.park.id, String(req.params.case))
    const { entry, own } = found
    const waits = entry.state === 'open'
    if (waits && !own) await desk.look(entry._id, me)
    const queue = viewOf(req)
    const now = clock()
    const [[name], decider, view, beside, skip, here, colleagues] = await Promise.all([
      namesOf(entry, context),
      entry.decidedBy ? people.byId(entry.decidedBy) : null,
      found.open?.view(context, form) ?? null,
      around(entry, queue, context, now),
      goOn(queue, entry, context),
      waits ? hereNow(deps, entry._id, me) : [],
      waits ? assigning.colleagues(context.park.id) : [],
    ])
    const model = {
      ...{ ...found, view, queue, skip, beside, here, colleagues, me, form, warning, now },
      ...{ name: name ?? null, decidedBy: decider?.name ?? null },
    }
    return render(res, 'admin/case', caseView(model, context), { status })
  }

  async function namesOf(entry: CaseRow, context: RequestContext) {
    return [...(await subjects[entry.kind].names([entry], context)).values()]
  }

  async function around(entry: CaseRow, view: QueueView, context: RequestContext, now: Date): Promise<NamedCase[]> {
    const filter = filterOf(view, personOf(context).personId, now)
    return named(await cases.around(context.park.id, filter, entry, BESIDE), context)
  }
}

/** Names of the others who have a case before them now. */
export async function hereNow(
  { desk, people }: Pick<CasePageDeps, 'desk' | 'people'>,
  caseId: string,
  me: string,
): Promise<string[]> {
  const others = await people.byIds(await desk.lookers(caseId, me))
  return others.flatMap(({ name, email }) => name ?? email ?? [])
}
