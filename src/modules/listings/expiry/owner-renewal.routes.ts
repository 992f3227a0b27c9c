import { Conflict, Forbidden, NotFound } from '../../../kernel/errors.js'
import { can } from '../../../kernel/permissions.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import { possibleActs } from '../acts/acts.rules.js'
import type { FindListing } from '../find-listing.js'
import { type RenewingDeps, renewListing } from './renewing.service.js'

/** Its own people confirm a listing for another year, by one button. */
export const ownerRenewal = (deps: RenewingDeps & { find: FindListing }): Record<'organisations.renew', Handler> => ({
  'organisations.renew': async (req, res) => {
    const context = contextOf(res)
    const organisation = String(req.params.organisation)
    const person = personOf(context)
    const resource = { type: 'organisation', id: organisation } as const
    if (!can(person, 'organisation:read', resource)) throw new NotFound('organisation', organisation)
    if (!can(person, 'organisation:edit', resource)) throw new Forbidden('organisation:edit')
    const listing = await deps.find(person, context.park.id, organisation)
    const may = possibleActs(listing.record).includes('renew')
    const done = may && (await renewed(deps, listing, { park: context.park, by: person.personId }))
    giveNotice(req, done ? 'listings.renewal.done' : 'listings.renewal.impossible')
    res.redirect(303, context.url('organisations.show', { organisation }))
  },
})

/** False when somebody has changed it at the very same moment. */
async function renewed(
  deps: RenewingDeps,
  listing: Parameters<typeof renewListing>[1],
  who: Pick<Parameters<typeof renewListing>[2], 'park' | 'by'>,
): Promise<boolean> {
  try {
    await renewListing(deps, listing, { ...who, version: listing.record.version })
    return true
  } catch (error) {
    if (error instanceof Conflict) return false
    throw error
  }
}
