import type { Request, Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import { pageOf } from '../../../kernel/pagination.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { CaseRepository } from '../cases.repository.js'
import { type DeskRepository, MOST_VIEWS } from '../desk/desk.repository.js'
import type { CaseForm } from '../subjects.types.js'
import { LIST_QUERY, VIEW_QUERY, viewForm } from './queue.schemas.js'
import { queueView } from './queue.views.js'
import { namedCases, type RowDeps } from './rows.js'
import { addressOf, countIn, filterOf } from './view.rules.js'

export interface QueuePageDeps extends RowDeps {
  cases: CaseRepository
  desk: DeskRepository
  clock: Clock
}

const PAGE_SIZE = 50

/** What waits for the park's curators, the most urgent first, and the views of it that each has saved. */
export function queuePages(
  deps: QueuePageDeps,
): Record<'admin.queue' | 'admin.save-view' | 'admin.drop-view', Handler> {
  const { cases, desk, clock } = deps
  const named = namedCases(deps)

  async function show(req: Request, res: Response, form: CaseForm = { typed: {}, errors: [] }) {
    const context = contextOf(res)
    const { page: asked, ...view } = readPageQuery(LIST_QUERY, req)
    const { personId: me } = personOf(context)
    const now = clock()
    const [counts, saved] = await Promise.all([cases.counts(context.park.id, now), desk.viewsOf(me)])
    const page = pageOf(asked, PAGE_SIZE, countIn(counts, view, me))
    const rows = await cases.waiting(context.park.id, filterOf(view, me, now), page)
    const model = { counts, page, view, saved, form, shown: await named(rows, context), me, now }
    return render(res, 'admin/queue', queueView(model, context), { status: form.errors.length > 0 ? 422 : 200 })
  }

  return {
    'admin.queue': (req, res) => show(req, res),
    'admin.save-view': async (req, res) => {
      const context = contextOf(res)
      const { personId } = personOf(context)
      const form = readForm(viewForm, req)
      if (!form.ok) return show(req, res, { typed: req.body, errors: form.errors })
      const view = readPageQuery(VIEW_QUERY, req)
      if (!(await desk.keepView({ parkId: context.park.id, personId }, form.value.name, view)))
        return show(req, res, {
          typed: req.body,
          errors: [{ field: 'name', code: 'tooMany', params: { maximum: MOST_VIEWS } }],
        })
      giveNotice(req, 'queue.views.saved')
      return res.redirect(303, context.url('admin.queue', {}, addressOf(view)))
    },
    'admin.drop-view': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.view)
      if (!(await desk.dropView(personOf(context).personId, id))) throw new NotFound('view', id)
      giveNotice(req, 'queue.views.dropped')
      return res.redirect(303, context.url('admin.queue'))
    },
  }
}
