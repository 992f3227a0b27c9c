import type { Request } from 'express'
import { z } from 'zod'
import type { Clock } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import { line } from '../../../kernel/fields.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery, whole } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import { PERSON_ACTS, type PersonAct } from './people.rules.js'
import { type StaffPeopleDeps, staffPeople } from './people.service.js'
import { confirmView, peopleView, personView } from './people.views.js'

const QUERY = {
  q: line(100).default(''),
  page: whole({ min: 1, max: 100_000, otherwise: 1 }),
}

type Route = 'admin.people' | 'admin.person' | 'admin.person-confirm' | 'admin.person-act'

/** People who sign in, for administrators: find them, hand out roles, and what has to be done when something is wrong. */
export function staffPeoplePages(deps: StaffPeopleDeps & { clock: Clock }): Record<Route, Handler> {
  const service = staffPeople(deps)
  return {
    'admin.people': async (req, res) => {
      const context = contextOf(res)
      const query = readPageQuery(QUERY, req)
      const { found, page } = await service.find(context.actor, context.park.id, query)
      return render(res, 'admin/people', peopleView({ found, page, q: query.q }, context))
    },
    'admin.person': async (req, res) => {
      const context = contextOf(res)
      const shown = await service.show(context.actor, context.park.id, idOf(req))
      return render(res, 'admin/person', personView({ ...shown, now: deps.clock() }, context))
    },
    'admin.person-confirm': async (req, res) => {
      const context = contextOf(res)
      const act = actOf(req)
      const holder = await service.show(context.actor, context.park.id, idOf(req))
      return render(res, 'admin/person-confirm', confirmView({ holder, act, problem: null }, context))
    },
    'admin.person-act': async (req, res) => {
      const context = contextOf(res)
      const act = actOf(req)
      const result = await service.act(personOf(context), context.park, idOf(req), act)
      if (!result.ok) {
        const holder = await service.show(context.actor, context.park.id, idOf(req))
        const problem = context.t(`staff.refused.${result.reason}`)
        return render(res, 'admin/person-confirm', confirmView({ holder, act, problem }, context), { status: 422 })
      }
      giveNotice(req, 'staff.person.done')
      return res.redirect(303, context.url('admin.person', { person: idOf(req) }))
    },
  }
}

const idOf = (req: Request) => String(req.params.person)

function actOf(req: Request): PersonAct {
  const act = z.enum(PERSON_ACTS).safeParse(req.params.act)
  if (!act.success) throw new NotFound('act', String(req.params.act))
  return act.data
}
