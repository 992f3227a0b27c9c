import type { Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
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

/** The same rights for somebody without an account, by the link of his need. */
export function guestDataPages({
  people,
  ownData,
  personalErasure,
  clock,
}: GuestDataPagesDeps): Record<'needs.copy' | 'needs.erase', Handler> {
  return {
    'needs.copy': async (req, res) => {
      const guest = await guestAt(res, String(req.params.key))
      const subject = { parkId: contextOf(res).park.id, personId: guest.personId }
      sendCopy(res, await ownData.read(guest, subject), clock())
    },
    'needs.erase': async (req, res) => {
      const { park, url } = contextOf(res)
      const guest = await guestAt(res, String(req.params.key))
      await personalErasure.eraseGuest(guest, park, guest.personId)
      giveNotice(req, 'privacy.erasure.guestDone')
      res.redirect(303, url('home'))
    },
  }

  /** Somebody with an account has more than this one need: he signs in for it. */
  async function guestAt(res: Response, key: string) {
    const guest = await people.guestByKey(contextOf(res).park.id, key)
    const person = guest && (await people.byId(guest.personId))
    if (!guest || !person || person.hasAccount) throw new NotFound('link', 'unknown')
    res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    return guest
  }
}
