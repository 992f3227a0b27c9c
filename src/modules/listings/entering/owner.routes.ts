import { z } from 'zod'
import { Forbidden } from '../../../kernel/errors.js'
import { email } from '../../../kernel/fields.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { type Person, personOf } from '../../../platform/http/viewer.js'
import type { MembershipRepository, Organisation, OrganisationAccess } from '../../organisations/index.js'
import type { PeopleRepository } from '../../people/index.js'
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

type Invited = { ok: true } | { ok: false; reason: string }

interface Inviting {
  invite(
    person: Person,
    park: ReturnType<typeof contextOf>['park'],
    organisation: string,
    who: { email: string; role: 'owner'; first: true },
  ): Promise<Invited>
}

interface OwnerDeps {
  find: FindListing
  inviting: Inviting
  memberships: Pick<MembershipRepository, 'members'>
  people: Pick<PeopleRepository, 'byId'>
}

/**
 * Naming the first owner: he gets an invitation by mail, as colleagues do. Where there is an owner it is for him to say who
 * else belongs to it, and a curator gives nothing to himself.
 */
export const ownerPages = ({
  find,
  inviting,
  memberships,
  people,
}: OwnerDeps): Record<'admin.listing-owner', Handler> => ({
  'admin.listing-owner': async (req, res) => {
    const context = contextOf(res)
    const listing = String(req.params.listing)
    const person = personOf(context)
    await find(person, context.park.id, listing)
    const form = readForm(inviteForm, req)
    const invite = async (email: string): Promise<Invited> => {
      const members = await memberships.members(listing)
      if (members.some(({ role }) => role === 'owner')) return { ok: false, reason: 'has-owner' }
      if ((await people.byId(person.personId))?.email === email) return { ok: false, reason: 'oneself' }
      return inviting.invite(person, context.park, listing, { email, role: 'owner', first: true })
    }
    const result = form.ok ? await invite(form.value.email) : ({ ok: false, reason: 'not-an-address' } as const)
    giveNotice(req, result.ok ? 'listings.owner.invited' : `listings.owner.${result.reason}`)
    return res.redirect(303, `${context.url('admin.listing', { listing })}#owner`)
  },
})
