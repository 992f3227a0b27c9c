import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import { type Actor, can, type Membership } from '../../../kernel/permissions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { PersonalDataSource } from '../../../platform/personal-data.js'
import type { AccountRepository, Holder, Place, SecondFactorService, SignInRepository } from '../../accounts/index.js'
import type { MembershipRepository } from '../../organisations/index.js'
import type { PeopleRepository } from '../../people/index.js'
import { subjectsOf } from '../own-data/own-data.service.js'
import { erasedMail } from '../privacy.mail.js'
import type { RequestRepository } from '../register/requests.repository.js'

export interface ErasureServiceDeps extends Mailing {
  db: Connection
  clock: Clock
  people: PeopleRepository
  accounts: AccountRepository
  signIns: Pick<SignInRepository, 'byId'>
  secondFactor: SecondFactorService
  memberships: MembershipRepository
  sources: readonly PersonalDataSource[]
  requests: RequestRepository
  audit: Audit
  outbox: Outbox
}

export type ErasureResult =
  | { ok: true }
  /** What was typed is not what proves him; or nobody could administer the park afterwards. */
  | { ok: false; reason: 'wrong' | 'last-administrator' }
  /** He has nothing here to prove himself with but his sign-in at the service, and that was too long ago. */
  | { ok: false; reason: 'sign-in-again' }
  /** Not looked at, since too many were wrong before; again after so many seconds. */
  | { ok: false; reason: 'too-many'; retryAfter: number }

/** Nobody could administer the park afterwards. */
class LastAdministrator extends Error {}

/**
 * What somebody proves himself with: by the password; without one by a code; with neither, since he comes in through the
 * park's own sign-in service, by having come in just now, and by typing his address so that nothing happens by mistake.
 */
export type Proof = 'password' | 'code' | 'address'

export interface ErasureService {
  /** Firms and businesses of which he is the only owner. */
  ownedAlone(personId: string): Promise<Membership[]>
  proofOf(personId: string): Promise<Proof>
  /** Erases an account at its holder's word, who has `typed` what proves him. */
  eraseAccount(
    actor: Actor,
    park: ParkContext,
    holder: Holder,
    sent: { typed: string; place: Place },
  ): Promise<ErasureResult>
  /** Erases a guest at the word of whoever holds his link. @throws {NotFound} when it is another's. */
  eraseGuest(actor: Actor, park: ParkContext, personId: string): Promise<void>
  /** Erases somebody as the times of keeping say. */
  eraseByClock(park: ParkContext, personId: string): Promise<void>
}

/** How long a sign-in counts as just now. */
const FRESH_MS = 15 * 60_000

export function erasureService(deps: ErasureServiceDeps): ErasureService {
  const { db, clock, people, accounts, signIns, secondFactor, memberships, sources } = deps
  const { requests, audit, outbox, onMail } = deps

  async function ownedAlone(personId: string): Promise<Membership[]> {
    const owned = (await memberships.of(personId)).filter(({ role }) => role === 'owner')
    const members = await Promise.all(owned.map(({ organisation }) => memberships.members(organisation)))
    return owned.filter((_, i) => !members[i]?.some((m) => m.role === 'owner' && m.personId !== personId))
  }

  async function proofOf(personId: string): Promise<Proof> {
    const { hasPassword, since } = await secondFactor.stateOf(personId)
    return hasPassword ? 'password' : since ? 'code' : 'address'
  }

  async function proves(holder: Holder, typed: string, place: Place): Promise<ErasureResult> {
    if ((await proofOf(holder.personId)) !== 'address') return secondFactor.isHimself(holder, typed, place)
    const [person, signIn] = await Promise.all([people.byId(holder.personId), signIns.byId(holder.signInId)])
    if (!signIn || clock().getTime() - signIn.createdAt.getTime() > FRESH_MS)
      return { ok: false, reason: 'sign-in-again' }
    return typed.trim().toLowerCase() === person?.email ? { ok: true } : { ok: false, reason: 'wrong' }
  }

  /** Seen by the erasure's own transaction: of the last two who go at the same moment, one stays. */
  async function mayGo(parkId: string, personId: string, session: ClientSession): Promise<void> {
    if ((await accounts.byId(personId))?.staff !== 'administrator') return
    const others = (await accounts.activeAdministrators(parkId, session)).filter((id) => id !== personId)
    if (others.length === 0) throw new LastAdministrator()
  }

  function mustBeHis(actor: Actor, personId: string) {
    if (!can(actor, 'person:erase', { type: 'person', id: personId })) throw new NotFound('person', personId)
  }

  /** All at once or not at all. Every part lets go of him; the register keeps that it was done, the audit who let it. */
  async function erase(park: ParkContext, personId: string, by: string): Promise<void> {
    const subjects = await subjectsOf(people, { parkId: park.id, personId })
    const person = await people.byId(personId)
    const owned = (await memberships.of(personId)).filter(({ role }) => role === 'owner')
    const lang = person?.lang ?? 'vi'
    const event = { parkId: park.id, by }
    await inTransaction(db, async (session) => {
      await mayGo(park.id, personId, session)
      for (const subject of subjects) {
        for (const source of sources) await source.erase(subject, session)
      }
      const withoutOwner: Pick<Membership, 'type' | 'organisation'>[] = []
      for (const { type, organisation } of owned)
        if (!(await memberships.hasOwner(organisation, session))) withoutOwner.push({ type, organisation })
      await requests.addDone({ parkId: park.id, personId, kind: 'erasure', lang, withoutOwner }, session)
      await audit.record({ ...event, action: 'erased', type: 'person', recordId: personId }, session)
      for (const { type, organisation } of withoutOwner) {
        const left = {
          action: 'left-without-owner',
          type: 'membership',
          recordId: organisation,
          details: { type },
        } as const
        await audit.record({ ...event, ...left }, session)
      }
      if (!person?.email) return
      const mail = { parkId: park.id, personId, to: person.email, once: true }
      await outbox.enqueue({ ...mail, ...erasedMail(deps, park, lang, clock()) }, session)
    })
    onMail()
  }

  return {
    ownedAlone,
    proofOf,
    eraseAccount: async (actor, park, holder, { typed, place }) => {
      const { personId } = holder
      mustBeHis(actor, personId)
      const proven = await proves(holder, typed, place)
      if (!proven.ok) return proven
      try {
        await erase(park, personId, personId)
      } catch (error) {
        if (error instanceof LastAdministrator) return { ok: false, reason: 'last-administrator' }
        throw error
      }
      return { ok: true }
    },
    eraseGuest: async (actor, park, personId) => {
      mustBeHis(actor, personId)
      await erase(park, personId, personId)
    },
    eraseByClock: (park, personId) => erase(park, personId, 'system:retention'),
  }
}
