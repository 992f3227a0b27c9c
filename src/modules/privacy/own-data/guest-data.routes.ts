import type { Request, Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { keepSecret } from '../../../platform/http/keep-secret.js'
import { giveNotice } from '../../../platform/http/notice.js'
import type { Handler } from '../../../platform/http/router.js'
import type { PeopleRepository } from '../../people/index.js'
import type { ErasureService } from '../erasure/erasure.service.js'
import { sendCopy } from './copy.js'
import type { OwnDataService } from './own-data.service.js'

export interface GuestDataPagesDeps {
  people: PeopleRepository
  ownData: OwnDataService
  personalErasure: ErasureService
  clock: Clock
}

/** The same rights for somebody without an account, by the link mailed to him. */
export function guestDataPages({
  people,
  ownData,
  personalErasure,
  clock,
}: GuestDataPagesDeps): Record<'needs.copy' | 'needs.erase', Handler> {
  return {
    'needs.copy': async (req, res) => {
      const guest = await guestAt(req, res)
      if (!guest) return
      const subject = { parkId: contextOf(res).park.id, personId: guest.personId }
      sendCopy(res, await ownData.read(guest, subject), clock())
    },
    'needs.erase': async (req, res) => {
      const { park, url } = contextOf(res)
      const guest = await guestAt(req, res)
      if (!guest) return
      await personalErasure.eraseGuest(guest, park, guest.personId)
      giveNotice(req, 'privacy.erasure.guestDone')
      res.redirect(303, url('home'))
    },
  }

  /** Null when the answer is given: somebody with an account has more than this one need, and signs in for it. */
  async function guestAt(req: Request, res: Response) {
    keepSecret(res)
    const { park, url } = contextOf(res)
    const holder = await people.linkHolder(park.id, String(req.params.key))
    if (holder?.kind === 'account') {
      res.redirect(303, url('account.need', { need: holder.needId }))
      return null
    }
    if (!holder) throw new NotFound('link', 'unknown')
    return holder.actor
  }
}
