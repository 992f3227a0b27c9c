import { contextOf } from '../../../platform/http/context.js'
import { keepSecret } from '../../../platform/http/keep-secret.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { sayDeadLink } from '../guessing/dead-links.js'
import type { Guessing } from '../guessing/guessing.service.js'
import { type Entrance, wayOn } from '../signing-in/entrance.js'
import { askAddressPages } from '../signing-up/ask-address.routes.js'
import { resetForm } from './reset.schemas.js'
import type { ResetService } from './reset.service.js'
import { resetView } from './reset.views.js'

export interface ResetPagesDeps {
  reset: ResetService
  entrance: Entrance
  guessing: Guessing
}

type ResetRoute = 'accounts.reset' | 'accounts.request-reset' | 'accounts.reset-link' | 'accounts.complete-reset'

/** A new password for somebody who has forgotten his. */
export function resetPages({ reset, entrance, guessing }: ResetPagesDeps): Record<ResetRoute, Handler> {
  const { ask, mail } = askAddressPages('reset', { request: reset.request, guessing })
  const sayDead = sayDeadLink(guessing, 'reset')
  return {
    'accounts.reset': ask,
    'accounts.request-reset': mail,
    'accounts.reset-link': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const key = String(req.params.key)
      const found = await reset.find(context.park.id, key)
      if (!found) return sayDead(req, res)
      return render(res, 'accounts/reset-link', resetView({ key, email: found.email, errors: [] }, context))
    },
    'accounts.complete-reset': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const { park } = context
      const key = String(req.params.key)
      const found = await reset.find(park.id, key)
      if (!found) return sayDead(req, res)
      const sayWrong = (errors: Parameters<typeof resetView>[0]['errors']) =>
        render(res, 'accounts/reset-link', resetView({ key, email: found.email, errors }, context), { status: 422 })
      const form = readForm(resetForm, req)
      if (!form.ok) return sayWrong(form.errors)
      const result = await reset.complete(park, key, form.value.password)
      if (!result.ok) return result.reason === 'password' ? sayWrong(result.errors) : sayDead(req, res)
      giveNotice(req, 'accounts.reset.done')
      const viewer = await entrance.enter(req, { parkId: park.id, personId: result.personId })
      return res.redirect(303, wayOn(viewer, context, result.next))
    },
  }
}
