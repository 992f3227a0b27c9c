import { localTarget } from '../../../kernel/routes.js'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import type { Guessing } from '../guessing/guessing.service.js'
import { sayTooMany } from '../guessing/too-many.js'
import { askAddressView, lookIntoMailView, ROUTES_OF } from './ask-address.views.js'
import { rememberMailedTo, takeMailedTo } from './mailed-to.session.js'
import { addressForm } from './sign-up.schemas.js'
import type { SignUpService } from './sign-up.service.js'

interface AskAddressDeps {
  /** Mails the link, or what there is to say instead. */
  request: SignUpService['request']
  guessing: Guessing
}

/** How an account and a new password both begin: asks for an address, mails a link there, and says that it did. */
export function askAddressPages(what: keyof typeof ROUTES_OF, { request, guessing }: AskAddressDeps) {
  const ask: Handler = (req, res) => {
    const context = contextOf(res)
    const next = localTarget(req.query.next)
    if (req.query.sent === '1') {
      return render(res, 'accounts/look-into-mail', lookIntoMailView(what, { email: takeMailedTo(req), next }, context))
    }
    return render(res, 'accounts/ask-address', askAddressView(what, { typed: {}, errors: [], next }, context))
  }
  const mail: Handler = async (req, res) => {
    const context = contextOf(res)
    const form = readForm(addressForm, req)
    const next = localTarget(req.body?.next)
    if (!form.ok) {
      const view = askAddressView(what, { typed: req.body, errors: form.errors, next }, context)
      return render(res, 'accounts/ask-address', view, { status: 422 })
    }
    const { email } = form.value
    const subject = `${context.park.id} ${email}`
    const guess = await guessing.begin('mail', { subject, ip: req.ip ?? '', device: null })
    if (!guess.ok) return sayTooMany(res, guess.retryAfter, 'mails')
    await request(context.park, { email, lang: context.lang, next })
    rememberMailedTo(req, email)
    return res.redirect(303, context.url(ROUTES_OF[what].here, {}, { sent: 1, next: next ?? undefined }))
  }
  return { ask, mail }
}
