import type { Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { PeopleRepository } from '../../people/index.js'
import { namesOf } from '../erasure/erasure.views.js'
import type { AskForm } from '../own-data/own-data.views.js'
import { answerForm } from './register.schemas.js'
import type { Register } from './register.service.js'
import { registerView, requestPageView } from './register.views.js'

export interface RegisterPagesDeps {
  register: Register
  people: PeopleRepository
  records: RecordRepository
  clock: Clock
}

type Route = 'admin.requests' | 'admin.request' | 'admin.answer'

/** The register of requests about personal data, for the park's data officer. */
export function registerPages({ register, people, records, clock }: RegisterPagesDeps): Record<Route, Handler> {
  return {
    'admin.requests': async (_req, res) => {
      const context = contextOf(res)
      const { open, closed } = await register.list(context.actor, context.park)
      render(res, 'admin/requests', registerView({ open, closed, now: clock() }, context))
    },
    'admin.request': (req, res) => show(res, String(req.params.request), { typed: {}, errors: [] }),
    'admin.answer': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.request)
      const form = readForm(answerForm, req)
      if (!form.ok) return show(res, id, { typed: req.body, errors: form.errors })
      const closed = await register.answer(context.actor, context.park, id, form.value)
      giveNotice(req, closed ? 'privacy.register.answered' : 'privacy.register.answeredBefore')
      return res.redirect(303, context.url('admin.requests'))
    },
  }

  async function show(res: Response, id: string, form: AskForm) {
    const context = contextOf(res)
    const request = await register.byId(context.actor, context.park, id)
    const [person, withoutOwner] = await Promise.all([
      people.byId(request.personId),
      namesOf(request.withoutOwner, records, context),
    ])
    const view = requestPageView({ request, person, withoutOwner, form, now: clock() }, context)
    render(res, 'admin/request', view, { status: form.errors.length > 0 ? 422 : 200 })
  }
}
