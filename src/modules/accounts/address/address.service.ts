import type { ClientSession, Connection } from 'mongoose'
import { newId } from '../../../kernel/ids.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { AuditAction } from '../../../platform/audit/audit.actions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../../people/index.js'
import { accountMail } from '../accounts.mail.js'
import type { MailKeyRow } from '../mail-keys/mail-keys.model.js'
import type { MailKeyRepository } from '../mail-keys/mail-keys.repository.js'
import type { Adopt } from '../signing-up/sign-up.service.js'

export interface AddressDeps extends Mailing {
  db: Connection
  people: PeopleRepository
  mailKeys: MailKeyRepository
  outbox: Outbox
  audit: Audit
  adopt: Adopt
}

export type ConfirmedAddress =
  /** `done`: both addresses have confirmed; the new one counts. */
  { ok: true; done: boolean } | { ok: false; reason: 'dead' }

export interface AddressService {
  /**
   * Mails a link to the present address and one to the new. A new one that is somebody else's gets a mail that says so and
   * no link; the asker is told the same.
   */
  request(park: ParkContext, personId: string, email: string): Promise<void>
  /** What a link is good for; null when it is dead. */
  find(parkId: string, key: string): Promise<MailKeyRow | null>
  /** Confirms one of the two; with the second the new address takes the old one's place. */
  confirm(park: ParkContext, key: string): Promise<ConfirmedAddress>
}

const BOTH = 2

export function addressService(deps: AddressDeps): AddressService {
  const { db, people, mailKeys, outbox, audit, adopt, onMail } = deps

  return {
    find: (parkId, key) => mailKeys.find(parkId, 'address', key),
    request: async (park, personId, email) => {
      const [person, holder] = await Promise.all([people.byId(personId), people.accountHolder(park.id, email)])
      if (!person?.email) throw new Error(`person ${personId} is gone`)
      const { lang, email: old } = person
      const who = { parkId: park.id, personId }
      const asked = { ...who, purpose: 'address' as const, email, lang, changeId: newId() }
      const linkFor = (key: string) => ['accounts.address-link', { key }] as const
      await inTransaction(db, async (session) => {
        await mailKeys.drop({ personId }, session)
        const atOld = await mailKeys.add(asked, session)
        const atNew = await mailKeys.add(asked, session)
        const toOld = accountMail(deps, park, { name: 'addressOld', lang, email, link: linkFor(atOld) })
        await outbox.enqueue({ ...who, to: old, kind: 'address', ...toOld }, session)
        const toNew = holder
          ? accountMail(deps, park, { name: 'addressTaken', lang: holder.lang, link: ['accounts.sign-in'] })
          : accountMail(deps, park, { name: 'addressNew', lang, link: linkFor(atNew) })
        const receiver = { parkId: park.id, personId: holder?._id ?? personId }
        await outbox.enqueue({ ...receiver, to: email, kind: 'address', ...toNew }, session)
        await audit.record(event(who, 'address-change-asked'), session)
      })
      onMail()
    },
    confirm: async (park, key) => {
      const found = await mailKeys.find(park.id, 'address', key)
      const result = found && (await confirmed(park, key, found))
      if (!found || !result) return { ok: false, reason: 'dead' }
      if (result.done) {
        onMail()
        await adopt({ parkId: park.id, personId: found.personId, email: found.email })
      }
      return { ok: true, ...result }
    },
  }

  /** Null when the link was used meanwhile, or the address is somebody else's by now. */
  async function confirmed(park: ParkContext, key: string, found: MailKeyRow): Promise<{ done: boolean } | null> {
    try {
      return await inTransaction(db, (session) => confirmOne(park, key, session))
    } catch (error) {
      const holder = await people.accountHolder(park.id, found.email)
      if (holder && holder._id !== found.personId) return null
      throw error
    }
  }

  async function confirmOne(park: ParkContext, key: string, session: ClientSession): Promise<{ done: boolean } | null> {
    const taken = await mailKeys.take(park.id, 'address', key, session)
    if (!taken) return null
    const { personId, email, changeId } = taken
    if ((await mailKeys.confirm(String(changeId), session)) < BOTH) return { done: false }
    const person = await people.byId(personId)
    if (!person?.email) return null
    // Fails when somebody else has signed up under it meanwhile: an address has one account.
    await people.setEmail(personId, email, session)
    await mailKeys.drop({ personId }, session)
    await mailKeys.drop({ parkId: park.id, email }, session)
    const who = { parkId: park.id, personId }
    const mail = accountMail(deps, park, { name: 'addressChanged', lang: person.lang, email })
    await outbox.enqueue({ ...who, to: person.email, ...mail }, session)
    await audit.record(event(who, 'address-changed'), session)
    return { done: true }
  }
}

const event = ({ parkId, personId }: { parkId: string; personId: string }, action: AuditAction) => ({
  ...{ parkId, by: personId, action, type: 'person' as const, recordId: personId },
})
