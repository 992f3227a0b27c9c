import type { Request, Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { Forbidden, NotFound } from '../../../kernel/errors.js'
import { localTarget } from '../../../kernel/routes.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import type { Sealer } from '../../../platform/sealing.js'
import type { TellHolder } from '../accounts.notices.js'
import { type KnownDevices, placeOf } from '../guessing/known-devices.js'
import { sayTooMany } from '../guessing/too-many.js'
import { type Entrance, type Holder, holderOf } from '../signing-in/entrance.js'
import { confirmForm, himselfForm } from './second-factor.schemas.js'
import type { SecondFactorService } from './second-factor.service.js'
import { codesFile, codesView, proposalView, stateView } from './second-factor.views.js'
import { codesKept, forgetCodes, keepCodes } from './session-secrets.js'

export interface SecondFactorPagesDeps {
  secondFactor: SecondFactorService
  entrance: Entrance
  devices: KnownDevices
  sealer: Sealer
  clock: Clock
  tell: TellHolder
}

type Route = 'show' | 'confirm' | 'codes' | 'kept' | 'file' | 'renew' | 'remove'

/**
 * Setting the second factor up, its recovery codes, and doing without again. The park's staff come here before they have
 * any rights, so every handler asks for whoever has signed in and owes no code.
 */
export function secondFactorPages({
  secondFactor,
  entrance,
  devices,
  sealer,
  clock,
  tell,
}: SecondFactorPagesDeps): Record<`second-factor.${Route}`, Handler> {
  return {
    'second-factor.show': async (req, res) => {
      const holder = settled(res)
      const state = await secondFactor.stateOf(holder.personId)
      const next = localTarget(req.query.next)
      if (state.since) return render(res, 'accounts/second-factor-on', stateView(state, [], contextOf(res)))
      return showProposal(req, res, holder, { errors: [], next })
    },
    'second-factor.confirm': async (req, res) => {
      const holder = settled(res)
      const context = contextOf(res)
      const next = localTarget(req.body?.next)
      if ((await secondFactor.stateOf(holder.personId)).since)
        return res.redirect(303, context.url('second-factor.show'))
      const form = readForm(confirmForm, req)
      if (!form.ok) return showProposal(req, res, holder, { errors: form.errors, next })
      if (await asksPassword(holder)) {
        const place = placeOf(req, holder, devices)
        const himself = await secondFactor.isHimself(holder, form.value.himself ?? '', place)
        if (!himself.ok && himself.reason === 'too-many') return sayTooMany(res, himself.retryAfter)
        if (!himself.ok)
          return showProposal(req, res, holder, { errors: [{ field: 'himself', code: 'wrongPassword' }], next })
      }
      const result = await secondFactor.confirm(holder, proposalIn(req, holder), form.value.code)
      if (!result.ok) return showProposal(req, res, holder, { errors: [{ field: 'code', code: 'wrongCode' }], next })
      await entrance.rise(req, holder.signInId)
      delete req.session.proposedFactor
      await tell(context.park, holder.personId, 'factorSet')
      return showCodesNext(req, res, holder, result.codes, next)
    },
    'second-factor.codes': (req, res) => {
      const holder = settled(res)
      const context = contextOf(res)
      const codes = codesKept(req, sealer, holder.personId, clock())
      if (!codes) return res.redirect(303, context.url('second-factor.show'))
      res.set('Cache-Control', 'no-store')
      return render(res, 'accounts/recovery-codes', codesView(codes, localTarget(req.query.next), context))
    },
    'second-factor.kept': (req, res) => {
      settled(res)
      forgetCodes(req)
      return res.redirect(303, localTarget(req.body?.next) ?? contextOf(res).url('second-factor.show'))
    },
    'second-factor.file': (req, res) => {
      const holder = settled(res)
      const codes = codesKept(req, sealer, holder.personId, clock())
      if (!codes) throw new NotFound('file of recovery codes', holder.personId)
      res.set('Cache-Control', 'no-store')
      res.attachment('cau-noi-so.txt').type('text/plain; charset=utf-8')
      return res.send(codesFile(codes, contextOf(res)))
    },
    'second-factor.renew': async (req, res) => {
      const holder = await himself(req, res)
      return holder && showCodesNext(req, res, holder, await secondFactor.renewCodes(holder), null)
    },
    'second-factor.remove': async (req, res) => {
      if (!(await secondFactor.stateOf(settled(res).personId)).optional) throw new Forbidden('second-factor.remove')
      const holder = await himself(req, res)
      if (!holder) return
      await secondFactor.turnOff(holder)
      await tell(contextOf(res).park, holder.personId, 'factorRemoved')
      forgetCodes(req)
      giveNotice(req, 'security.secondFactor.removed')
      res.redirect(303, contextOf(res).url('accounts.show'))
    },
  }

  function settled(res: Response): Holder {
    return holderOf(res, { owing: 'second-factor' })
  }

  /** The park's staff come here straight from the password, everybody else from a browser that may have been left open. */
  async function asksPassword({ personId, awaits }: Holder): Promise<boolean> {
    return awaits === null && (await secondFactor.stateOf(personId)).hasPassword
  }

  /** The same secret until it is confirmed, so that a page loaded twice fits what was scanned. */
  function proposalIn(req: Request, { personId }: Holder): string {
    const there = req.session.proposedFactor
    try {
      if (there && secondFactor.proposed(personId, there)) return there
    } catch {
      // Somebody else began on this browser.
    }
    req.session.proposedFactor = secondFactor.propose(personId)
    return req.session.proposedFactor
  }

  async function showProposal(
    req: Request,
    res: Response,
    holder: Holder,
    page: Pick<Parameters<typeof proposalView>[0], 'errors' | 'next'>,
  ) {
    const secret = secondFactor.proposed(holder.personId, proposalIn(req, holder))
    res.set('Cache-Control', 'no-store')
    const status = page.errors.length > 0 ? 422 : 200
    const view = proposalView({ secret, ...page, asksPassword: await asksPassword(holder) }, contextOf(res))
    return render(res, 'accounts/second-factor', view, { status })
  }

  function showCodesNext(req: Request, res: Response, holder: Holder, codes: string[], next: string | null) {
    keepCodes(req, sealer, holder.personId, codes, clock())
    return res.redirect(303, contextOf(res).url('second-factor.codes', {}, { next: next ?? undefined }))
  }

  /** The holder, once he has shown again that it is he; otherwise the page says what is wrong. */
  async function himself(req: Request, res: Response): Promise<Holder | null> {
    const holder = settled(res)
    const context = contextOf(res)
    const state = await secondFactor.stateOf(holder.personId)
    if (!state.since) {
      res.redirect(303, context.url('second-factor.show'))
      return null
    }
    const form = readForm(himselfForm, req)
    if (form.ok) {
      const result = await secondFactor.isHimself(holder, form.value.himself, placeOf(req, holder, devices))
      if (result.ok) return holder
      if (result.reason === 'too-many') {
        sayTooMany(res, result.retryAfter)
        return null
      }
    }
    const code = state.hasPassword ? 'wrongPassword' : 'wrongCode'
    const errors = form.ok ? [{ field: 'himself', code }] : form.errors
    render(res, 'accounts/second-factor-on', stateView(state, errors, context), { status: 422 })
    return null
  }
}
