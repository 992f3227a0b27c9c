import { localTarget } from '../../../kernel/routes.js'
import { contextOf } from '../../../platform/http/context.js'
import { keepSecret } from '../../../platform/http/keep-secret.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { sayDeadLink } from '../guessing/dead-links.js'
import type { Guessing } from '../guessing/guessing.service.js'
import { type Entrance, wayOn } from '../signing-in/entrance.js'
import { askAddressPages } from './ask-address.routes.js'
import { signUpForm } from './sign-up.schemas.js'
import type { SignUpService } from './sign-up.service.js'
import { signUpView } from './sign-up.views.js'

export interface SignUpPagesDeps {
  signUp: SignUpService
  entrance: Entrance
  guessing: Guessing
}

type SignUpRoute =
  | 'accounts.sign-up'
  | 'accounts.request-sign-up'
  | 'accounts.sign-up-link'
  | 'accounts.complete-sign-up'

/** An account, by way of one's mailbox. */
export function signUpPages({ signUp, entrance, guessing }: SignUpPagesDeps): Record<SignUpRoute, Handler> {
  const { ask, mail } = askAddressPages('signUp', { request: signUp.request, guessing })
  const sayDead = sayDeadLink(guessing, 'signUp')
  return {
    'accounts.sign-up': (req, res, next) => {
      const { actor, url } = contextOf(res)
      if (actor.kind !== 'person') return ask(req, res, next)
      return res.redirect(303, localTarget(req.query.next) ?? url('accounts.show'))
    },
    'accounts.request-sign-up': mail,
    'accounts.sign-up-link': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const key = String(req.params.key)
      const found = await signUp.find(context.park.id, key)
      if (!found) return sayDead(req, res)
      const view = signUpView({ key, email: found.email, typed: {}, errors: [] }, context)
      return render(res, 'accounts/sign-up-link', view)
    },
    'accounts.complete-sign-up': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const { park, lang } = context
      const key = String(req.params.key)
      const found = await signUp.find(park.id, key)
      if (!found) return sayDead(req, res)
      const sayWrong = (errors: Parameters<typeof signUpView>[0]['errors']) => {
        const view = signUpView({ key, email: found.email, typed: req.body, errors }, context)
        return render(res, 'accounts/sign-up-link', view, { status: 422 })
      }
      const form = readForm(signUpForm, req)
      if (!form.ok) return sayWrong(form.errors)
      const { name, password } = form.value
      const result = await signUp.complete(park, key, { name, password, lang })
      if (!result.ok) return result.reason === 'password' ? sayWrong(result.errors) : sayDead(req, res)
      giveNotice(req, 'accounts.signUp.done')
      const viewer = await entrance.enter(req, { parkId: park.id, personId: result.personId })
      return res.redirect(303, wayOn(viewer, context, result.next))
    },
  }
}
