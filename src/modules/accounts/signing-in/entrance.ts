import type { Request, Response } from 'express'
import { SignInRequired } from '../../../kernel/errors.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { contextOf, type RequestContext } from '../../../platform/http/context.js'
import { AWAITED_AT, type Viewer } from '../../../platform/http/viewer.js'
import { deviceWords } from '../device.rules.js'
import type { KnownDevices } from '../guessing/known-devices.js'
import type { Identity } from '../identity.js'
import type { SignInRepository } from '../sign-ins.repository.js'

export interface EntranceDeps {
  signIns: SignInRepository
  identity: Identity
  audit: Audit
  devices: KnownDevices
}

export interface Entrance {
  /**
   * Signs a person in on the browser of a request, under a new session id; what the session holds stays. The way in that
   * led here has been checked: password, mailed link, the park's own service. What is still awaited of him the viewer says.
   */
  enter(req: Request, who: { parkId: string; personId: string }): Promise<Viewer>
  /** The same sign-in with the rights it has now, under a new session id: the second factor was given. */
  rise(req: Request, signInId: string): Promise<Viewer>
}

export function createEntrance({ signIns, identity, audit, devices }: EntranceDeps): Entrance {
  async function put(req: Request, signInId: string): Promise<Viewer> {
    const viewer = await identity.viewerOf(signInId)
    if (!viewer) throw new Error(`sign-in ${signInId} is gone already`)
    await identity.enter(req, viewer)
    // Only now has he shown all that he has to show.
    if (!viewer.awaits) devices.remember(req, viewer.personId)
    return viewer
  }

  return {
    enter: async (req, { parkId, personId }) => {
      // Whoever was signed in here before is not any more.
      if (req.user) await signIns.end(req.user.signInId)
      const device = deviceWords(req.get('User-Agent'))
      const { _id } = await signIns.add({ parkId, personId, device, secondFactor: false })
      const viewer = await put(req, _id)
      await audit.record({ parkId, by: personId, action: 'sign-in', type: 'person', recordId: personId })
      return viewer
    },
    rise: put,
  }
}

/** Where somebody goes who has just come in: to what is still awaited of him, else to where he was going. */
export function wayOn({ awaits }: Pick<Viewer, 'awaits'>, { url }: RequestContext, next: string | null): string {
  if (awaits) return url(AWAITED_AT[awaits], {}, { next: next ?? undefined })
  return next ?? url('accounts.show')
}

/** Who acts, on which sign-in. */
export type Holder = Pick<Viewer, 'personId' | 'signInId' | 'awaits'> & { parkId: string }

/**
 * Whoever has signed in on this browser, also while he is still a visitor; `owing` is what he may still owe here.
 * @throws {SignInRequired} which leads him to where he signs in, or gives what he owes.
 */
export function holderOf(res: Response, { owing }: { owing?: Viewer['awaits'] } = {}): Holder {
  const { viewer, park } = contextOf(res)
  if (!viewer) throw new SignInRequired('a page on the way in')
  if (owing !== undefined && viewer.awaits && viewer.awaits !== owing) throw new SignInRequired('a code first')
  const { personId, signInId, awaits } = viewer
  return { personId, signInId, awaits, parkId: park.id }
}
