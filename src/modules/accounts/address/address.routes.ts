import type { Response } from 'express'
import type { FieldError } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { keepSecret } from '../../../platform/http/keep-secret.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import { deadLinkView } from '../signing-up/ask-address.views.js'
import { addressForm } from '../signing-up/sign-up.schemas.js'
import type { AddressService } from './address.service.js'
import { addressLinkView, addressView } from './address.views.js'

type AddressRoute =
  | 'accounts.address'
  | 'accounts.change-address'
  | 'accounts.address-link'
  | 'accounts.confirm-address'

/** Another address to sign in with, confirmed at the old and at the new one. */
export function addressPages({ address }: { address: AddressService }): Record<AddressRoute, Handler> {
  return {
    'accounts.address': (_req, res) =>
      render(res, 'accounts/address', addressView({ typed: {}, errors: [] }, contextOf(res))),
    'accounts.change-address': async (req, res) => {
      const context = contextOf(res)
      const { personId } = personOf(context)
      const sayWrong = (errors: readonly FieldError[]) =>
        render(res, 'accounts/address', addressView({ typed: req.body, errors }, context), { status: 422 })
      const form = readForm(addressForm.omit({ next: true }), req)
      if (!form.ok) return sayWrong(form.errors)
      const { email } = form.value
      if (email === context.viewer?.email) return sayWrong([{ field: 'email', code: 'sameAddress' }])
      await address.request(context.park, personId, email)
      giveNotice(req, 'accounts.address.asked', { email })
      return res.redirect(303, context.url('accounts.show'))
    },
    'accounts.address-link': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const key = String(req.params.key)
      const found = await address.find(context.park.id, key)
      if (!found) return sayDead(res)
      return render(res, 'accounts/address-link', addressLinkView({ key, email: found.email }, context))
    },
    'accounts.confirm-address': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const result = await address.confirm(context.park, String(req.params.key))
      if (!result.ok) return sayDead(res)
      giveNotice(req, result.done ? 'accounts.address.done' : 'accounts.address.half')
      return res.redirect(303, context.url(context.actor.kind === 'person' ? 'accounts.show' : 'accounts.sign-in'))
    },
  }
}

const sayDead = (res: Response) =>
  render(res, 'accounts/dead-link', deadLinkView('address', contextOf(res)), { status: 404 })
