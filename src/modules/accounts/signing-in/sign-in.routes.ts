import { localTarget } from '../../../kernel/routes.js'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import type { Entering } from '../entering.js'
import type { Identity } from '../identity.js'
import type { SignInRepository } from '../sign-ins.repository.js'
import { signInForm } from './sign-in.schemas.js'
import type { SignInService } from './sign-in.service.js'
import { signInView } from './sign-in.views.js'

export interface SignInPagesDeps {
  signIn: SignInService
  signIns: SignInRepository
  identity: Identity
  entering: Entering
}

/** In with address and password, and out again. */
export function signInPages({
  signIn,
  signIns,
  identity,
  entering,
}: SignInPagesDeps): Record<'accounts.sign-in' | 'accounts.enter' | 'accounts.sign-out', Handler> {
  return {
    'accounts.sign-in': (req, res) => {
      const { viewer, url } = contextOf(res)
      const next = localTarget(req.query.next)
      if (viewer && !viewer.awaits) return res.redirect(303, next ?? url('accounts.show'))
      return render(res, 'accounts/sign-in', signInView({ typed: {}, errors: [], next }, contextOf(res)))
    },
    'accounts.enter': async (req, res) => {
      const context = contextOf(res)
      const form = readForm(signInForm, req)
      const next = localTarget(req.body?.next)
      const sayWrong = (errors: Parameters<typeof signInView>[0]['errors']) =>
        render(res, 'accounts/sign-in', signInView({ typed: req.body, errors, next }, context), { status: 422 })
      if (!form.ok) return sayWrong(form.errors)
      const result = await signIn.check({ parkId: context.park.id, ...form.value })
      if (!result.ok) return sayWrong([{ field: 'password', code: 'wrongSignIn' }])
      return entering.enter(req, res, result.personId, next)
    },
    'accounts.sign-out': async (req, res) => {
      const { viewer, url } = contextOf(res)
      if (viewer) await signIns.end(viewer.signInId)
      await identity.leave(req)
      return res.redirect(303, url('home'))
    },
  }
}
