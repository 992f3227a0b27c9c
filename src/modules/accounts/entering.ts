import type { Request, Response } from 'express'
import { SignInRequired } from '../../kernel/errors.js'
import { contextOf } from '../../platform/http/context.js'
import { AWAITED_AT, type Viewer } from '../../platform/http/viewer.js'
import { deviceWords } from './device.rules.js'
import type { Identity } from './identity.js'
import type { SignInRepository } from './sign-ins.repository.js'

/** Who acts, on which sign-in. */
export type Holder = Pick<Viewer, 'personId' | 'signInId'> & { parkId: string }

export interface EnteringDeps {
  signIns: SignInRepository
  identity: Identity
}

/** How a browser becomes somebody's, whichever way he came: a password, a mailed link, the park's own sign-in service. */
export interface Entering {
  /** Signs a person in on this browser, and leads him on: to what is still awaited of him, else to `next`. */
  enter(req: Request, res: Response, personId: string, next: string | null): Promise<void>
  /** The same sign-in with the rights it has now, under a new session id. */
  riseAgain(req: Request, res: Response): Promise<Viewer>
}

export function createEntering({ signIns, identity }: EnteringDeps): Entering {
  async function put(req: Request, signInId: string): Promise<Viewer> {
    const viewer = await identity.viewerOf(signInId)
    if (!viewer) throw new Error(`sign-in ${signInId} is gone already`)
    await identity.enter(req, viewer)
    return viewer
  }

  return {
    enter: async (req, res, personId, next) => {
      const { park, url } = contextOf(res)
      const device = deviceWords(req.get('User-Agent'))
      const { _id } = await signIns.add({ parkId: park.id, personId, device, secondFactor: false })
      const { awaits } = await put(req, _id)
      const waiting = awaits && url(AWAITED_AT[awaits], {}, { next: next ?? undefined })
      res.redirect(303, waiting ?? next ?? url('accounts.show'))
    },
    riseAgain: (req, res) => put(req, holderOf(res).signInId),
  }
}

/**
 * Whoever has signed in on this browser, also while he is still a visitor; `owing` is what he may still owe here.
 * @throws {SignInRequired} which leads him to where he signs in, or gives what he owes.
 */
export function holderOf(res: Response, { owing }: { owing?: Viewer['awaits'] } = {}): Holder {
  const { viewer, park } = contextOf(res)
  if (!viewer) throw new SignInRequired('a page on the way in')
  if (owing !== undefined && viewer.awaits && viewer.awaits !== owing) throw new SignInRequired('a code first')
  return { personId: viewer.personId, signInId: viewer.signInId, parkId: park.id }
}
