import type { Connection } from 'mongoose'
import { Forbidden, NotFound } from '../../../kernel/errors.js'
import type { MemberRole } from '../../../kernel/permissions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { OrganisationAccess } from '../access.service.js'
import type { MembershipRepository } from '../memberships.repository.js'

export interface MembersDeps {
  db: Connection
  access: OrganisationAccess
  memberships: MembershipRepository
  audit: Audit
}

/** `last-owner`: somebody must stay who can manage the organisation. `gone`: he does not belong to it any more. */
export type MembersResult = { ok: true } | { ok: false; reason: 'last-owner' | 'gone' }

export interface MembersService {
  changeRole(person: Person, organisation: string, member: string, role: MemberRole): Promise<MembersResult>
  remove(person: Person, organisation: string, member: string): Promise<MembersResult>
  /** Goes by himself, whatever his role. */
  leave(person: Person, organisation: string): Promise<MembersResult>
}

/** Who belongs to an organisation and as what: its owners' to decide, and one owner always stays. */
export function membersService({ db, access, memberships, audit }: MembersDeps): MembersService {
  /** Null for `role` takes him out. */
  const settle = async (person: Person, id: string, member: string, role: MemberRole | null) => {
    const leaves = role === null && member === person.personId
    const { type, record } = await access.open(person, id, leaves ? 'organisation:read' : 'organisation:manage')
    return inTransaction(db, async (session): Promise<MembersResult> => {
      const owners = await memberships.lockOwners(id, session)
      // What he was when the request came in may be taken from him by now.
      if (!leaves && !owners.includes(person.personId)) throw new Forbidden('organisation:manage')
      const before = await memberships.roleOf(id, member, session)
      if (before === null) return { ok: false, reason: 'gone' }
      if (before === role) return { ok: true }
      if (before === 'owner' && owners.length === 1) return { ok: false, reason: 'last-owner' }
      if (role === null) await memberships.remove(id, member, session)
      else await memberships.put({ parkId: record.parkId, personId: member, type, organisation: id, role }, session)
      await audit.record(
        {
          ...{ parkId: record.parkId, by: person.personId, type: 'membership', recordId: id },
          action: role ? 'member-role-changed' : leaves ? 'member-left' : 'member-removed',
          details: { person: member, before, ...(role && { role }) },
        },
        session,
      )
      return { ok: true }
    })
  }

  return {
    changeRole: settle,
    remove: (person, id, member) => settle(person, id, member, null),
    leave: async (person, id) => {
      // Staff who merely look at it have nothing to leave.
      if (!person.memberships.some(({ organisation }) => organisation === id)) throw new NotFound('organisation', id)
      return settle(person, id, person.personId, null)
    },
  }
}
