import { z } from 'zod'
import { Forbidden } from '../../../kernel/errors.js'
import { email } from '../../../kernel/fields.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { type Person, personOf } from '../../../platform/http/viewer.js'
import type { Organisation, OrganisationAccess } from '../../organisations/index.js'
import type { FindListing } from '../find-listing.js'

const inviteForm = z.object({ email })

/** The curators' way to an organisation, for inviting its first owner: any listing but their own. */
export const curatorsAccess = (find: FindListing, parkId: () => string): Pick<OrganisationAccess, 'open'> => ({
  open: async (actor, id, action) => {
    if (actor.kind !== 'person') throw new Forbidden(action)
    const { type, record, own } = await find(actor, parkId(), id)
    if (own) throw new Forbidden('listing:curate')
    return { type, record, role: null } as Organisation
  },
})

interface Inviting {
  invite(
    person: Person,
    park: ReturnType<typeof contextOf>['park'],
    organisation: string,
    who: { email: string; role: 'owner' },
  ): Promise<{ ok: true } | { ok: false; reason: string }>
}

/** Naming an owner: he gets an invitation by mail, as colleagues do. */
export const ownerPages = ({
  find,
  inviting,
}: {
  find: FindListing
  inviting: Inviting
}): Record<'admin.listing-owner', Handler> => ({
  'admin.listing-owner': async (req, res) => {
    const context = contextOf(res)
    const listing = String(req.params.listing)
    await find(personOf(context), context.park.id, listing)
    const form = readForm(inviteForm, req)
    const result = form.ok
      ? await inviting.invite(personOf(context), context.park, listing, { email: form.value.email, role: 'owner' })
      : { ok: false as const, reason: 'not-an-address' }
    giveNotice(req, result.ok ? 'listings.owner.invited' : `listings.owner.${result.reason}`)
    return res.redirect(303, `${context.url('admin.listing', { listing })}#owner`)
  },
})
