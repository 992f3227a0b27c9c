import { localTarget } from '../../../kernel/routes.js'
import { contextOf, type RequestContext } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { AWAITED_AT } from '../../../platform/http/viewer.js'
import { type Entering, holderOf } from '../entering.js'
import { codeView } from './code.views.js'
import { codeForm } from './second-factor.schemas.js'
import type { SecondFactorService } from './second-factor.service.js'

export interface CodePagesDeps {
  secondFactor: SecondFactorService
  entering: Entering
}

/** The second step of signing in, for whoever has set one up. */
export function codePages({
  secondFactor,
  entering,
}: CodePagesDeps): Record<'accounts.code' | 'accounts.give-code', Handler> {
  return {
    'accounts.code': (req, res) => {
      holderOf(res)
      const context = contextOf(res)
      const next = localTarget(req.query.next)
      if (context.viewer?.awaits !== 'code') return res.redirect(303, wayOn(context, next))
      return render(res, 'accounts/code', codeView({ errors: [], next }, context))
    },
    'accounts.give-code': async (req, res) => {
      const holder = holderOf(res)
      const context = contextOf(res)
      const next = localTarget(req.body?.next)
      if (context.viewer?.awaits !== 'code') return res.redirect(303, wayOn(context, next))
      const form = readForm(codeForm, req)
      const sayWrong = (errors: Parameters<typeof codeView>[0]['errors']) =>
        render(res, 'accounts/code', codeView({ errors, next }, context), { status: 422 })
      if (!form.ok) return sayWrong(form.errors)
      const given = await secondFactor.give(holder, form.value.code)
      if (!given.ok) return sayWrong([{ field: 'code', code: 'wrongCode' }])
      await entering.riseAgain(req, res)
      if (given.by === 'recovery-code') {
        const { recoveryCodesLeft } = await secondFactor.stateOf(holder.personId)
        giveNotice(req, 'security.code.recoveryUsed', { count: recoveryCodesLeft })
      }
      return res.redirect(303, next ?? context.url('accounts.show'))
    },
  }
}

/** For whoever owes no code: to what he owes, else to where he was going. */
function wayOn({ viewer, url }: RequestContext, next: string | null): string {
  if (viewer?.awaits) return url(AWAITED_AT[viewer.awaits], {}, { next: next ?? undefined })
  return next ?? url('accounts.show')
}
