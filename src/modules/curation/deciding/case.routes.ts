import { z } from 'zod'
import { NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import { nextHref } from '../queue/next.js'
import { addressOf } from '../queue/view.rules.js'
import type { CaseForm } from '../subjects.types.js'
import { type CasePageDeps, caseShower, hereNow, viewOf } from './case.page.js'
import { decisionForm, holderForm } from './case.schemas.js'
import { presenceView } from './holder.views.js'

type Route = 'admin.case' | 'admin.decide' | 'admin.assign' | 'admin.presence'

/** One case: what is to be decided, the decision, and who sees to it. */
export function casePages(deps: CasePageDeps): Record<Route, Handler> {
  const { cases, deciding, assigning, desk } = deps
  const goOn = nextHref(deps)
  const show = caseShower(deps)
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
        return res.redirect(303, await goOn(viewOf(req), await cases.byId(id), context))
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
    'admin.assign': async (req, res) => {
      const context = contextOf(res)
      const by = personOf(context)
      const id = String(req.params.case)
      const { entry } = await deciding.find(by, context.park.id, id)
      const form = readForm(holderForm, req)
      if (!form.ok) return show(req, res, { status: 422, warning: context.t('queue.holder.refused.nobody') })
      const to = { take: by.personId, release: null, give: form.value.to ?? '' }[form.value.act]
      const names = await deps.subjects[entry.kind].names([entry], context)
      const result = await assigning.assign(by, context.park, id, to, names.get(id) ?? null)
      if (!result.ok) {
        const status = result.reason === 'decided' ? 409 : 422
        return show(req, res, { status, warning: context.t(`queue.holder.refused.${result.reason}`) })
      }
      giveNotice(req, `queue.holder.notices.${form.value.act}`)
      return res.redirect(303, context.url('admin.case', { case: id }, addressOf(viewOf(req))))
    },
    'admin.presence': async (req, res) => {
      const context = contextOf(res)
      const { personId } = personOf(context)
      const id = z.string().parse(req.params.case)
      const entry = await cases.byId(id)
      if (entry?.parkId !== context.park.id) throw new NotFound('case', id)
      if (entry.state === 'open') await desk.look(id, personId)
      const here = await hereNow(deps, id, personId)
      const model = { title: context.t('curation.queue.title'), noindex: true, ...presenceView(entry, here, context) }
      return render(res, 'admin/presence', model, { fragment: 'case-presence' })
    },
  }
}
