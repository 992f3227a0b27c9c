import type { Request, Response } from 'express'
import { contextOf } from '../../../platform/http/context.js'
import { readPageQuery } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { CaseRepository } from '../cases.repository.js'
import { VIEW_QUERY } from '../queue/queue.schemas.js'
import { namedCases, type RowDeps } from '../queue/rows.js'
import { addressOf } from '../queue/view.rules.js'
import type { CaseForm } from '../subjects.types.js'
import { SELECTION_QUERY, togetherForm } from './together.schemas.js'
import type { CaseOutcome, TogetherService } from './together.service.js'
import { outcomeView, togetherView } from './together.views.js'

declare module 'express-session' {
  interface SessionData {
    /** How it went with the cases that were last decided together. */
    together: { batch: string; outcomes: CaseOutcome[] }
  }
}

export interface TogetherPagesDeps extends RowDeps {
  cases: CaseRepository
  together: TogetherService
}

type Route = 'admin.together' | 'admin.decide-together' | 'admin.decided-together'

/** Several like cases at once: what will happen to each, then the decision, then how it went with each. */
export function togetherPages(deps: TogetherPagesDeps): Record<Route, Handler> {
  const { cases, together } = deps
  const named = namedCases(deps)

  async function show(req: Request, res: Response, ids: readonly string[], action: string | null, form: CaseForm) {
    const context = contextOf(res)
    const selected = await together.preview([...new Set(ids)], form, context)
    const names = await named(
      selected.map(({ entry }) => entry),
      context,
    )
    const model = { cases: selected, named: names, action, queue: readPageQuery(VIEW_QUERY, req), form }
    const status = form.errors.length > 0 ? 422 : 200
    return render(res, 'admin/together', togetherView(model, context), { status })
  }

  return {
    'admin.together': (req, res) => {
      const { case: ids, action } = readPageQuery(SELECTION_QUERY, req)
      return show(req, res, ids, action, { typed: {}, errors: [] })
    },
    'admin.decide-together': async (req, res) => {
      const context = contextOf(res)
      const typed = req.body as CaseForm['typed']
      const form = readForm(togetherForm, req)
      if (!form.ok) return show(req, res, [], null, { typed, errors: form.errors })
      const { action, pin: pins } = form.value
      const result = await together.decide(personOf(context), context.park.id, { action, pins, typed })
      if (!result.ok) {
        const ids = pins.map(({ id }) => id)
        return show(req, res, ids, action, { typed, errors: result.errors })
      }
      const { batch, outcomes } = result
      req.session.together = { batch, outcomes }
      const queue = addressOf(readPageQuery(VIEW_QUERY, req))
      return res.redirect(303, context.url('admin.decided-together', { batch }, queue))
    },
    'admin.decided-together': async (req, res) => {
      const context = contextOf(res)
      const last = req.session.together
      const queue = readPageQuery(VIEW_QUERY, req)
      // Kept for this browser alone, and only of the last time.
      if (last?.batch !== req.params.batch) return res.redirect(303, context.url('admin.queue', {}, addressOf(queue)))
      const rows = await cases.byIds((last?.outcomes ?? []).map(({ id }) => id))
      const model = { outcomes: last?.outcomes ?? [], named: await named(rows, context), queue }
      return render(res, 'admin/together-done', outcomeView(model, context))
    },
  }
}
