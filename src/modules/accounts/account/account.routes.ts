import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import { formatPhone } from '../../../platform/i18n/formats.js'
import { holderOf } from '../signing-in/entrance.js'
import { detailsForm, endSignInsForm } from './account.schemas.js'
import type { AccountService } from './account.service.js'
import { accountView, type NeedsOf } from './account.views.js'
import { detailsView } from './details.views.js'
import { signInsView } from './sign-ins.views.js'

export interface AccountPagesDeps {
  account: AccountService
  needsOf: NeedsOf
  clock: () => Date
}

type AccountRoute =
  | 'accounts.show'
  | 'accounts.details'
  | 'accounts.save-details'
  | 'accounts.sign-ins'
  | 'accounts.end-sign-ins'

/** One's own place: all there is at a glance, one's details, and where one is signed in. */
export function accountPages({ account, needsOf, clock }: AccountPagesDeps): Record<AccountRoute, Handler> {
  return {
    'accounts.show': async (_req, res) => {
      const context = contextOf(res)
      const { personId, memberships } = personOf(context)
      const [own, needs] = await Promise.all([account.of(personId), needsOf(personId, context)])
      return render(res, 'accounts/show', accountView({ own, needs, organisations: memberships.length }, context))
    },
    'accounts.details': async (_req, res) => {
      const context = contextOf(res)
      const { person } = await account.of(personOf(context).personId)
      const typed = { name: person.name ?? '', phone: person.phone ? formatPhone(person.phone) : '', lang: person.lang }
      return render(res, 'accounts/details', detailsView({ typed, errors: [] }, context))
    },
    'accounts.save-details': async (req, res) => {
      const context = contextOf(res)
      const form = readForm(detailsForm, req)
      if (!form.ok) {
        const view = detailsView({ typed: req.body, errors: form.errors }, context)
        return render(res, 'accounts/details', view, { status: 422 })
      }
      const { name, phone = null, lang } = form.value
      await account.update(personOf(context).personId, { name, phone, lang })
      giveNotice(req, 'accounts.details.saved')
      return res.redirect(303, context.url('accounts.show'))
    },
    'accounts.sign-ins': async (_req, res) => {
      const context = contextOf(res)
      const { personId, signInId } = holderOf(res)
      const { signIns } = await account.of(personId)
      return render(res, 'accounts/sign-ins', signInsView({ signIns, present: signInId, now: clock() }, context))
    },
    'accounts.end-sign-ins': async (req, res) => {
      const context = contextOf(res)
      const { personId, signInId } = holderOf(res)
      const form = readForm(endSignInsForm, req)
      const one = form.ok ? form.value.signIn : undefined
      if (form.ok && one === undefined) await account.endOthers(personId, signInId)
      if (one !== undefined) await account.endSignIn(personId, one)
      giveNotice(req, one === undefined ? 'accounts.signIns.endedOthers' : 'accounts.signIns.ended')
      return res.redirect(303, context.url('accounts.sign-ins'))
    },
  }
}
