import { localTarget } from '../../../kernel/routes.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import type { KnownDevices } from '../guessing/known-devices.js'
import { sayTooMany } from '../guessing/too-many.js'
import type { Identity } from '../identity.js'
import type { SignInRepository } from '../sign-ins.repository.js'
import { type Entrance, wayOn } from './entrance.js'
import { signInForm } from './sign-in.schemas.js'
import type { SignInService } from './sign-in.service.js'
import { signInView } from './sign-in.views.js'

export interface SignInPagesDeps {
  signIn: SignInService
  signIns: SignInRepository
  identity: Identity
  entrance: Entrance
  devices: KnownDevices
  audit: Audit
  /** What the park's own sign-in service is called; null where there is none. */
  service: string | null
}

/** In with address and password, and out again. */
export function signInPages({
  signIn,
  signIns,
  identity,
  entrance,
  devices,
  audit,
  service,
}: SignInPagesDeps): Record<'accounts.sign-in' | 'accounts.enter' | 'accounts.sign-out', Handler> {
  return {
    'accounts.sign-in': (req, res) => {
      const { viewer, url } = contextOf(res)
      const next = localTarget(req.query.next)
      if (viewer && !viewer.awaits) return res.redirect(303, next ?? url('accounts.show'))
      return render(res, 'accounts/sign-in', signInView({ typed: {}, errors: [], next, service }, contextOf(res)))
    },
    'accounts.enter': async (req, res) => {
      const context = contextOf(res)
      const form = readForm(signInForm, req)
      const next = localTarget(req.body?.next)
      const sayWrong = (errors: Parameters<typeof signInView>[0]['errors']) =>
        render(res, 'accounts/sign-in', signInView({ typed: req.body, errors, next, service }, context), {
          status: 422,
        })
      if (!form.ok) return sayWrong(form.errors)
      const result = await signIn.check({
        ...{ parkId: context.park.id, ...form.value, ip: req.ip ?? '' },
        deviceOf: (personId) => devices.knownTo(req, personId),
      })
      if (!result.ok && result.reason === 'too-many') return sayTooMany(res, result.retryAfter)
      if (!result.ok) return sayWrong([{ field: 'password', code: 'wrongSignIn' }])
      const viewer = await entrance.enter(req, { parkId: context.park.id, personId: result.personId })
      return res.redirect(303, wayOn(viewer, context, next))
    },
    'accounts.sign-out': async (req, res) => {
      const { viewer, park, url } = contextOf(res)
      if (viewer) {
        const { personId, signInId } = viewer
        await signIns.end(signInId)
        await audit.record({ parkId: park.id, by: personId, action: 'sign-out', type: 'person', recordId: personId })
      }
      await identity.leave(req)
      return res.redirect(303, url('home'))
    },
  }
}
