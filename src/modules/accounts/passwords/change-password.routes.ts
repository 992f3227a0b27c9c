import type { FieldError } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { changePasswordForm } from '../account/account.schemas.js'
import type { KnownDevices } from '../guessing/known-devices.js'
import { sayTooMany } from '../guessing/too-many.js'
import { type Entrance, holderOf } from '../signing-in/entrance.js'
import type { ChangePassword } from './change-password.service.js'
import { changePasswordView } from './change-password.views.js'

export interface ChangePasswordPagesDeps {
  changePassword: ChangePassword
  devices: KnownDevices
  entrance: Entrance
}

/** Another password, for who knows the present one. */
export function changePasswordPages({
  changePassword,
  devices,
  entrance,
}: ChangePasswordPagesDeps): Record<'accounts.password' | 'accounts.change-password', Handler> {
  return {
    'accounts.password': (_req, res) => {
      const context = contextOf(res)
      return render(res, 'accounts/password', changePasswordView([], context.viewer?.email ?? '', context))
    },
    'accounts.change-password': async (req, res) => {
      const context = contextOf(res)
      const holder = holderOf(res)
      const sayWrong = (errors: readonly FieldError[]) => {
        const view = changePasswordView(errors, context.viewer?.email ?? '', context)
        return render(res, 'accounts/password', view, { status: 422 })
      }
      const form = readForm(changePasswordForm, req)
      if (!form.ok) return sayWrong(form.errors)
      const { presentPassword: present, password: wanted } = form.value
      const place = { ip: req.ip ?? '', device: devices.knownTo(req, holder.personId) }
      const result = await changePassword(context.park, holder, { present, wanted, place })
      if (!result.ok && result.reason === 'too-many') return sayTooMany(res, result.retryAfter)
      if (!result.ok) return sayWrong(result.errors)
      // A new session id: whoever had the old one has nothing.
      await entrance.rise(req, holder.signInId)
      giveNotice(req, 'accounts.changePassword.done')
      return res.redirect(303, context.url('accounts.show'))
    },
  }
}
