import type { Response } from 'express'
import type { FieldError } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { changePasswordForm } from '../account/account.schemas.js'
import type { KnownDevices } from '../guessing/known-devices.js'
import { sayTooMany } from '../guessing/too-many.js'
import type { SecondFactorService } from '../second-factor/second-factor.service.js'
import { type Entrance, holderOf } from '../signing-in/entrance.js'
import type { ChangePassword } from './change-password.service.js'
import { changePasswordView } from './change-password.views.js'

export interface ChangePasswordPagesDeps {
  changePassword: ChangePassword
  secondFactor: Pick<SecondFactorService, 'stateOf'>
  devices: KnownDevices
  entrance: Entrance
}

/** Another password, for who knows the present one. */
export function changePasswordPages({
  changePassword,
  secondFactor,
  devices,
  entrance,
}: ChangePasswordPagesDeps): Record<'accounts.password' | 'accounts.change-password', Handler> {
  return {
    'accounts.password': (_req, res) => show(res, []),
    'accounts.change-password': async (req, res) => {
      const context = contextOf(res)
      const holder = holderOf(res)
      const form = readForm(changePasswordForm, req)
      if (!form.ok) return show(res, form.errors)
      const { presentPassword: present, password: wanted } = form.value
      const place = { ip: req.ip ?? '', device: devices.knownTo(req, holder.personId) }
      const result = await changePassword(context.park, holder, { present, wanted, place })
      if (!result.ok && result.reason === 'too-many') return sayTooMany(res, result.retryAfter)
      if (!result.ok) return show(res, result.errors)
      // A new session id: whoever had the old one has nothing.
      await entrance.rise(req, holder.signInId)
      giveNotice(req, 'accounts.changePassword.done')
      return res.redirect(303, context.url('accounts.show'))
    },
  }

  async function show(res: Response, errors: readonly FieldError[]) {
    const context = contextOf(res)
    const { hasPassword, since } = await secondFactor.stateOf(holderOf(res).personId)
    const page = { errors, email: context.viewer?.email ?? '', hasPassword, hasCodes: since !== null }
    return render(res, 'accounts/password', changePasswordView(page, context), {
      status: errors.length > 0 ? 422 : 200,
    })
  }
}
