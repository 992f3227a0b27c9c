import type { Request, Response } from 'express'
import type { FieldError } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import { holderOf, type Identity, type KnownDevices, placeOf, sayTooMany } from '../../accounts/index.js'
import { erasureForm } from './erasure.schemas.js'
import type { ErasureService, Proof } from './erasure.service.js'
import { erasureView, namesOf } from './erasure.views.js'

export interface ErasurePagesDeps {
  personalErasure: ErasureService
  records: RecordRepository
  identity: Identity
  devices: KnownDevices
}

const WRONG: Record<Proof, string> = { password: 'wrongPassword', code: 'wrongCode', address: 'wrongAddress' }

/** Erasing one's own account: what goes, what stays and why, and the password. */
export function erasurePages(deps: ErasurePagesDeps): Record<'accounts.erasure' | 'accounts.erase', Handler> {
  const { personalErasure, records, identity, devices } = deps
  return {
    'accounts.erasure': (_req, res) => show(res, []),
    'accounts.erase': async (req, res) => {
      const context = contextOf(res)
      const actor = personOf(context)
      const form = readForm(erasureForm, req)
      if (!form.ok) return show(res, form.errors)
      const holder = holderOf(res)
      const sent = { typed: form.value.proof, place: placeOf(req, holder, devices) }
      const result = await personalErasure.eraseAccount(actor, context.park, holder, sent)
      if (result.ok) return leave(req, res)
      if (result.reason === 'too-many') return sayTooMany(res, result.retryAfter)
      const wrong = WRONG[await personalErasure.proofOf(actor.personId)]
      const code = { wrong, 'last-administrator': 'lastAdministrator', 'sign-in-again': 'signInAgain' }[result.reason]
      return show(res, [{ field: 'proof', code }])
    },
  }

  async function leave(req: Request, res: Response) {
    await identity.leave(req)
    giveNotice(req, 'privacy.erasure.done')
    res.redirect(303, contextOf(res).url('home'))
  }

  async function show(res: Response, errors: readonly FieldError[]) {
    const context = contextOf(res)
    const { personId } = personOf(context)
    const [alone, proof] = await Promise.all([personalErasure.ownedAlone(personId), personalErasure.proofOf(personId)])
    const names = await namesOf(alone, records, context)
    const view = erasureView({ names, proof, errors }, context)
    render(res, 'accounts/erasure', view, { status: errors.length > 0 ? 422 : 200 })
  }
}
