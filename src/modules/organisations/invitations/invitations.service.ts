import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import type { ParkContext } from '../../../kernel/park.js'
import { MEMBER_ROLES, type MemberRole } from '../../../kernel/permissions.js'
import type { AuditAction } from '../../../platform/audit/audit.actions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../../people/index.js'
import type { OrganisationAccess } from '../access.service.js'
import type { MembershipRepository } from '../memberships.repository.js'
import type { Organisation } from '../organisation.types.js'
import { invitationMail } from './invitations.mail.js'
import type { InvitationRow } from './invitations.model.js'
import type { InvitationRepository } from './invitations.repository.js'

export interface InvitationsDeps extends Mailing {
  db: Connection
  access: OrganisationAccess
  invitations: InvitationRepository
  memberships: MembershipRepository
  people: PeopleRepository
  outbox: Outbox
  audit: Audit
  clock: Clock
}

export type InviteResult =
  | { ok: true }
  | { ok: false; reason: 'already-member' | 'already-invited' | 'too-many' | 'too-many-mails' }

export type SettleResult = { ok: true } | { ok: false; reason: 'gone' | 'too-many-mails' }

export type AcceptResult =
  | { ok: true; organisation: string }
  /** `gone`: used, revoked, sent anew or run out. */
  | { ok: false; reason: 'gone' | 'other-address' }

export interface InvitationsService {
  of(person: Person, organisation: string): Promise<InvitationRow[]>
  invite(
    person: Person,
    park: ParkContext,
    organisation: string,
    who: { email: string; role: MemberRole; first?: true },
  ): Promise<InviteResult>
  /** A new mail with a new key. */
  resend(person: Person, park: ParkContext, organisation: string, id: string): Promise<SettleResult>
  revoke(person: Person, park: ParkContext, organisation: string, id: string): Promise<SettleResult>
  /** Makes him a member, once; one who is there already keeps the greater role. */
  accept(person: Person, invitation: InvitationRow | null): Promise<AcceptResult>
}

/** Of one organisation at a time; fewer before the park has seen it, since its name goes to strangers. */
const MOST_OPEN = { published: 30, unpublished: 5 } as const

class MailRefused extends Error {}

export function invitationsService(deps: InvitationsDeps): InvitationsService {
  const { db, access, invitations, memberships, people, outbox, audit, clock, onMail } = deps

  return {
    of: async (person, id) => {
      await access.open(person, id, 'organisation:manage')
      return invitations.of(id)
    },
    invite: async (person, park, id, { email, role, first }) => {
      const organisation = await access.open(person, id, 'organisation:manage')
      const pending = (await invitations.of(id)).filter(({ expiresAt }) => expiresAt > clock())
      if (await isMember(park.id, id, email)) return { ok: false, reason: 'already-member' }
      if (pending.some((one) => one.email === email)) return { ok: false, reason: 'already-invited' }
      const most = organisation.record.published === null ? MOST_OPEN.unpublished : MOST_OPEN.published
      if (pending.length >= most) return { ok: false, reason: 'too-many' }
      return mailing(async (session) => {
        const what = { parkId: park.id, type: organisation.type, organisation: id, email, role }
        const entry = { ...what, ...(first && { first }) }
        const added = await invitations.add({ ...entry, invitedBy: person.personId }, session)
        await mail(person, park, organisation, { ...added, email, role }, session)
        await note(person, park, id, 'invitation-sent', added.id, session)
      })
    },
    resend: async (person, park, id, invitationId) => {
      const organisation = await access.open(person, id, 'organisation:manage')
      const row = await own(id, invitationId)
      if (!row) return { ok: false, reason: 'gone' }
      return mailing(async (session) => {
        const renewed = await invitations.renew(row._id, session)
        if (!renewed) return
        await mail(person, park, organisation, { id: row._id, ...renewed, email: row.email, role: row.role }, session)
        await note(person, park, id, 'invitation-resent', row._id, session)
      })
    },
    revoke: async (person, park, id, invitationId) => {
      await access.open(person, id, 'organisation:manage')
      const row = await own(id, invitationId)
      if (!row) return { ok: false, reason: 'gone' }
      await inTransaction(db, async (session) => {
        if (!(await invitations.take(row._id, session))) return
        await outbox.forget(row._id, session)
        await note(person, park, id, 'invitation-revoked', row._id, session)
      })
      return { ok: true }
    },
    accept: async (person, invitation) => {
      if (!invitation || invitation.expiresAt <= clock()) return { ok: false, reason: 'gone' }
      const { email } = (await people.byId(person.personId)) ?? { email: null }
      if (email !== invitation.email) return { ok: false, reason: 'other-address' }
      const { _id, parkId, type, organisation } = invitation
      if (!(await access.byId(organisation))) return { ok: false, reason: 'gone' }
      return inTransaction(db, async (session): Promise<AcceptResult> => {
        // Two requests at once meet here: for the second there is nothing to take.
        if (!(await invitations.take(_id, session))) return { ok: false, reason: 'gone' }
        if (invitation.first && (await memberships.hasOwner(organisation, session)))
          return { ok: false, reason: 'gone' }
        const before = await memberships.roleOf(organisation, person.personId, session)
        const role = greater(before, invitation.role)
        await memberships.put({ parkId, personId: person.personId, type, organisation, role }, session)
        // With the invitation gone its mails are those of whom they went to.
        await outbox.reassign(_id, person.personId, session)
        const event = { parkId, by: person.personId, action: 'invitation-accepted', type: 'membership' } as const
        const details = { invitation: _id, role, invitedBy: invitation.invitedBy }
        await audit.record({ ...event, recordId: organisation, details }, session)
        return { ok: true, organisation }
      })
    },
  }

  async function isMember(parkId: string, organisation: string, email: string): Promise<boolean> {
    const holder = await people.accountHolder(parkId, email)
    if (!holder) return false
    return (await memberships.members(organisation)).some(({ personId }) => personId === holder._id)
  }

  /** The organisation's own invitation; not another's whose id somebody tries. */
  async function own(organisation: string, id: string): Promise<InvitationRow | null> {
    const row = await invitations.byId(id)
    return row?.organisation === organisation ? row : null
  }

  /** Does what needs a mail, and nothing when the address has had enough of them. */
  async function mailing(
    work: (session: ClientSession) => Promise<void>,
  ): Promise<{ ok: true } | { ok: false; reason: 'too-many-mails' }> {
    try {
      await inTransaction(db, work)
    } catch (error) {
      if (error instanceof MailRefused) return { ok: false, reason: 'too-many-mails' }
      throw error
    }
    onMail()
    return { ok: true }
  }

  async function mail(
    person: Person,
    park: ParkContext,
    organisation: Organisation,
    { id, key, email, role }: { id: string; key: string; email: string; role: MemberRole },
    session: ClientSession,
  ) {
    const [inviter, receiver] = await Promise.all([people.byId(person.personId), people.accountHolder(park.id, email)])
    const lang = receiver?.lang ?? inviter?.lang ?? 'vi'
    const told = { lang, organisation, role, key, inviter: inviter?.name ?? inviter?.email ?? '' }
    const sent = await outbox.enqueue(
      // Somebody without an account has no id of his own; the mail goes with the invitation.
      {
        parkId: park.id,
        personId: receiver?._id ?? id,
        to: email,
        kind: 'invitation',
        ...invitationMail(deps, park, told),
      },
      session,
    )
    if (!sent) throw new MailRefused('the address has had enough mails for today')
  }

  function note(
    person: Person,
    park: ParkContext,
    organisation: string,
    action: AuditAction,
    invitation: string,
    session: ClientSession,
  ) {
    const event = { parkId: park.id, by: person.personId, action, type: 'membership', recordId: organisation } as const
    return audit.record({ ...event, details: { invitation } }, session)
  }
}

function greater(before: MemberRole | null, invited: MemberRole): MemberRole {
  if (before === null) return invited
  return MEMBER_ROLES.indexOf(before) < MEMBER_ROLES.indexOf(invited) ? before : invited
}
