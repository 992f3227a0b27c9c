import type { Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { PeopleRepository } from '../../people/index.js'
import type { CaseRepository } from '../cases.repository.js'
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

const UNTOUCHED: CaseForm = { typed: {}, errors: [] }

/** One case: what is to be decided, and the decision. */
export function casePages(deps: CasePagesDeps): Record<'admin.case' | 'admin.decide', Handler> {
  const { cases, deciding } = deps
  return {
    'admin.case': (req, res) => show(res, String(req.params.case)),
    'admin.decide': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.case)
      const form = readForm(decisionForm, req)
      if (!form.ok) return show(res, id, { status: 422, form: { typed: req.body, errors: form.errors } })
      const { action, version = null } = form.value
      const order = { action, version, typed: req.body as CaseForm['typed'] }
      const result = await deciding.decide(personOf(context), context.park.id, id, order)
      if (result.ok) {
        const next = await cases.next(context.park.id)
        giveNotice(req, result.notice)
        return res.redirect(303, next ? context.url('admin.case', { case: next._id }) : context.url('admin.queue'))
      }
      if (result.reason === 'invalid')
        return show(res, id, { status: 422, form: { typed: req.body, errors: result.errors } })
      // The page says by itself what was decided; where there is a newer version, it is shown with what was typed.
      return show(res, id, {
        status: 409,
        form: { typed: req.body, errors: [] },
        warning: context.t(result.reason === 'newer' ? 'curation.case.newer' : 'curation.case.tooLate'),
      })
    },
  }

  async function show(
    res: Response,
    id: string,
    {
      status = 200,
      form = UNTOUCHED,
      warning = null,
    }: { status?: number; form?: CaseForm; warning?: string | null } = {},
  ) {
    const context = contextOf(res)
    const found = await deciding.find(personOf(context), context.park.id, id)
    const { entry } = found
    const names = await deps.subjects[entry.kind].names([entry], context)
    const decidedBy = entry.decidedBy ? ((await deps.people.byId(entry.decidedBy))?.name ?? null) : null
    const view = (await found.open?.view(context, form)) ?? null
    const model = { ...found, view, name: names.get(id) ?? null, decidedBy, form, warning, now: deps.clock() }
    return render(res, 'admin/case', caseView(model, context), { status })
  }
}
