import type { ClientSession, Connection } from 'mongoose'
import { Forbidden, NotFound } from '../../../kernel/errors.js'
import type { Page } from '../../../kernel/pagination.js'
import type { ParkContext } from '../../../kernel/park.js'
import { type Actor, can } from '../../../kernel/permissions.js'
import type { AuditAction } from '../../../platform/audit/audit.actions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { AccountRepository, AccountRow, SignInRepository, SignInRow } from '../../accounts/index.js'
import type { CaseRepository } from '../../curation/index.js'
import type { PeopleRepository, PersonRow } from '../../people/index.js'
import { actMail } from './people.mail.js'
import { type PersonAct, type Refusal, refusalOf, roleAfter, type Subject } from './people.rules.js'

export interface StaffPeopleDeps extends Mailing {
  db: Connection
  people: PeopleRepository
  accounts: AccountRepository
  signIns: SignInRepository
  audit: Audit
  outbox: Outbox
  cases: Pick<CaseRepository, 'release'>
}

/** Somebody who signs in. */
export interface Holder {
  person: PersonRow
  account: AccountRow
}

export interface StaffPeople {
  /** Those whose name or address holds `q`, the newest first. */
  find(actor: Actor, parkId: string, query: { q: string; page: number }): Promise<{ found: Holder[]; page: Page }>
  /** @throws {NotFound} for an id that nobody here signs in under. */
  show(actor: Actor, parkId: string, personId: string): Promise<Holder & { signIns: SignInRow[] }>
  /** Does it, notes it and tells the person; nothing is done where it is refused. */
  act(
    actor: Person,
    park: ParkContext,
    personId: string,
    act: PersonAct,
  ): Promise<{ ok: true } | { ok: false; reason: Refusal }>
}

const PAGE_SIZE = 25

/** The audit log's word for each act. */
const EVENTS: Record<PersonAct, AuditAction> = {
  curator: 'role-changed',
  administrator: 'role-changed',
  member: 'role-changed',
  suspension: 'suspended',
  return: 'suspension-ended',
  'sign-ins': 'signed-out-everywhere',
  'second-factor': 'second-factor-reset',
}

export const subjectOf = ({ staff, suspendedAt, secondFactor }: AccountRow): Subject => ({
  staff,
  suspended: suspendedAt !== null,
  secondFactor: secondFactor !== null,
})

export function staffPeople(deps: StaffPeopleDeps): StaffPeople {
  const { db, people, accounts, signIns, audit, outbox, cases, onMail } = deps

  const mayOnly = (actor: Actor) => {
    if (!can(actor, 'admin:people')) throw new Forbidden('admin:people')
  }

  async function holder(parkId: string, personId: string): Promise<Holder> {
    const [person, account] = await Promise.all([people.byId(personId), accounts.byId(personId)])
    if (!person?.hasAccount || !account || person.parkId !== parkId) throw new NotFound('person', personId)
    return { person, account }
  }

  async function change(act: PersonAct, personId: string, session: ClientSession): Promise<void> {
    const role = roleAfter(act)
    if (role !== undefined) await accounts.setStaff(personId, role, session)
    if (act === 'suspension' || act === 'return') await accounts.setSuspended(personId, act === 'suspension', session)
    if (act === 'second-factor') await accounts.setSecondFactor(personId, null, session)
    // What waits with somebody who is of the staff no more, or shut out, would wait for ever.
    if (role === null || act === 'suspension') await cases.release(personId, session)
    // Whoever has other rights than before comes in anew with them.
    if (act !== 'return') await signIns.endAll(personId, { session })
  }

  return {
    find: async (actor, parkId, { q, page: asked }) => {
      mayOnly(actor)
      const { people: rows, page } = await people.accountHolders(parkId, { q, page: asked, size: PAGE_SIZE })
      const byId = new Map((await accounts.byIds(rows.map(({ _id }) => _id))).map((account) => [account._id, account]))
      const found = rows.flatMap((person) => {
        const account = byId.get(person._id)
        return account ? [{ person, account }] : []
      })
      return { found, page }
    },
    show: async (actor, parkId, personId) => {
      mayOnly(actor)
      const found = await holder(parkId, personId)
      return { ...found, signIns: await signIns.of(personId) }
    },
    act: async (actor, park, personId, act) => {
      mayOnly(actor)
      const { person, account } = await holder(park.id, personId)
      const refused = await inTransaction(db, async (session): Promise<Refusal | null> => {
        const administrators = await accounts.activeAdministrators(park.id, session)
        const refusal = refusalOf(act, subjectOf(account), {
          himself: actor.personId === personId,
          otherAdministrators: administrators.filter((id) => id !== personId).length,
        })
        if (refusal) return refusal
        await change(act, personId, session)
        const event = { parkId: park.id, by: actor.personId, type: 'person' as const, recordId: personId }
        const role = roleAfter(act)
        const details = role === undefined ? {} : { details: { before: account.staff ?? 'none', role: role ?? 'none' } }
        await audit.record({ ...event, action: EVENTS[act], ...details }, session)
        const mail = actMail(deps, park, act, person.lang)
        await outbox.enqueue({ parkId: park.id, personId, to: person.email ?? '', ...mail }, session)
        return null
      })
      if (refused) return { ok: false, reason: refused }
      onMail()
      return { ok: true }
    },
  }
}
