import { localTarget } from '../../../kernel/routes.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import type { TellHolder } from '../accounts.notices.js'
import { type KnownDevices, placeOf } from '../guessing/known-devices.js'
import { sayTooMany } from '../guessing/too-many.js'
import { type Entrance, holderOf, wayOn } from '../signing-in/entrance.js'
import { codeView } from './code.views.js'
import { codeForm } from './second-factor.schemas.js'
import type { SecondFactorService } from './second-factor.service.js'

export interface CodePagesDeps {
  secondFactor: SecondFactorService
  entrance: Entrance
  devices: KnownDevices
  tell: TellHolder
}

/** The second step of signing in, for whoever has set one up. */
export function codePages({
  secondFactor,
  entrance,
  devices,
  tell,
}: CodePagesDeps): Record<'accounts.code' | 'accounts.give-code', Handler> {
  return {
    'accounts.code': (req, res) => {
      const holder = holderOf(res)
      const context = contextOf(res)
      const next = localTarget(req.query.next)
      if (holder.awaits !== 'code') return res.redirect(303, wayOn(holder, context, next))
      return render(res, 'accounts/code', codeView({ errors: [], next }, context))
    },
    'accounts.give-code': async (req, res) => {
      const holder = holderOf(res)
      const context = contextOf(res)
      const next = localTarget(req.body?.next)
      if (holder.awaits !== 'code') return res.redirect(303, wayOn(holder, context, next))
      const form = readForm(codeForm, req)
      const sayWrong = (errors: Parameters<typeof codeView>[0]['errors']) =>
        render(res, 'accounts/code', codeView({ errors, next }, context), { status: 422 })
      if (!form.ok) return sayWrong(form.errors)
      const given = await secondFactor.give(holder, form.value.code, placeOf(req, holder, devices))
      if (!given.ok && given.reason === 'too-many') return sayTooMany(res, given.retryAfter, 'codes')
      if (!given.ok) return sayWrong([{ field: 'code', code: 'wrongCode' }])
      await entrance.rise(req, holder.signInId)
      if (given.by === 'recovery-code') {
        const { recoveryCodesLeft } = await secondFactor.stateOf(holder.personId)
        await tell(context.park, holder.personId, 'recoveryCodeUsed')
        giveNotice(req, 'security.code.recoveryUsed', { count: recoveryCodesLeft })
      }
      return res.redirect(303, next ?? context.url('accounts.show'))
    },
  }
}
