import type { Request, Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { PeopleRepository } from '../../people/index.js'
import type { CaseRepository } from '../cases.repository.js'
import { nextHref } from '../queue/next.js'
import { VIEW_QUERY } from '../queue/queue.schemas.js'
import type { QueueView } from '../queue/view.rules.js'
import type { CaseForm, CaseSubjects } from '../subjects.types.js'
import { decisionForm } from './case.schemas.js'
import { caseView } from './case.views.js'
import type { DecidingService } from './deciding.service.js'

export interface CasePagesDeps {
  cases: CaseRepository
  deciding: DecidingService
  subjects: CaseSubjects
  people: PeopleRepository
  clock: Clock
}

const viewOf = (req: Request): QueueView => readPageQuery(VIEW_QUERY, req)

const UNTOUCHED: CaseForm = { typed: {}, errors: [] }

/** One case: what is to be decided, and the decision. */
export function casePages(deps: CasePagesDeps): Record<'admin.case' | 'admin.decide', Handler> {
  const { deciding } = deps
  const goOn = nextHref(deps)
  return {
    'admin.case': (req, res) => show(req, res),
    'admin.decide': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.case)
      const form = readForm(decisionForm, req)
      if (!form.ok) return show(req, res, { status: 422, form: { typed: req.body, errors: form.errors } })
      const { action, version = null } = form.value
      const order = { action, version, typed: req.body as CaseForm['typed'] }
      const result = await deciding.decide(personOf(context), context.park.id, id, order)
      if (result.ok) {
        giveNotice(req, result.notice)
        return res.redirect(303, await goOn(viewOf(req), await deps.cases.byId(id), context))
      }
      if (result.reason === 'invalid')
        return show(req, res, { status: 422, form: { typed: req.body, errors: result.errors } })
      // The page says by itself what was decided; where there is a newer version, it is shown with what was typed.
      return show(req, res, {
        status: 409,
        form: { typed: req.body, errors: [] },
        warning: context.t(result.reason === 'newer' ? 'curation.case.newer' : 'curation.case.tooLate'),
      })
    },
  }

  async function show(
    req: Request,
    res: Response,
    {
      status = 200,
      form = UNTOUCHED,
      warning = null,
    }: { status?: number; form?: CaseForm; warning?: string | null } = {},
  ) {
    const context = contextOf(res)
    const id = String(req.params.case)
    const found = await deciding.find(personOf(context), context.park.id, id)
    const { entry } = found
    const names = await deps.subjects[entry.kind].names([entry], context)
    const decidedBy = entry.decidedBy ? ((await deps.people.byId(entry.decidedBy))?.name ?? null) : null
    const view = (await found.open?.view(context, form)) ?? null
    const queue = viewOf(req)
    const skip = await goOn(queue, entry, context)
    const model = {
      ...found,
      view,
      queue,
      skip,
      name: names.get(id) ?? null,
      decidedBy,
      form,
      warning,
      now: deps.clock(),
    }
    return render(res, 'admin/case', caseView(model, context), { status })
  }
}
