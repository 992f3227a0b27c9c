import type { Connection } from 'mongoose'
import type { FieldError } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/ids.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { Lang } from '../../../kernel/text.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../../people/index.js'
import { accountMail } from '../accounts.mail.js'
import type { AccountRepository } from '../accounts.repository.js'
import type { MailKeyRow } from '../mail-keys/mail-keys.model.js'
import type { MailKeyRepository } from '../mail-keys/mail-keys.repository.js'
import { newPasswordErrors } from '../passwords/new-password.service.js'
import type { Passwords } from '../passwords/passwords.js'
import type { SignInRepository } from '../sign-ins.repository.js'

export interface ResetDeps extends Mailing {
  db: Connection
  people: PeopleRepository
  accounts: AccountRepository
  signIns: SignInRepository
  mailKeys: MailKeyRepository
  outbox: Outbox
  audit: Audit
  passwords: Passwords
}

export type ResetResult =
  | { ok: true; personId: string; next: string | null }
  | { ok: false; reason: 'dead' }
  | { ok: false; reason: 'password'; errors: FieldError[] }

export interface ResetService {
  /**
   * Mails a link to an address, or that there is no account under it: the receiver may have several addresses. The same
   * is done, and takes as long, in both cases.
   */
  request(park: ParkContext, asked: { email: string; lang: Lang; next: string | null }): Promise<void>
  /** What a link is good for; null when it is dead. */
  find(parkId: string, key: string): Promise<MailKeyRow | null>
  /** Sets the password, ends every sign-in there is and tells the person by mail. A second factor stays as it is. */
  complete(park: ParkContext, key: string, password: string): Promise<ResetResult>
}

export function resetService(deps: ResetDeps): ResetService {
  const { db, people, accounts, signIns, mailKeys, outbox, audit, passwords, onMail } = deps

  async function mailFor(parkId: string, email: string) {
    const person = await people.accountHolder(parkId, email)
    const account = await accounts.byId(person?._id ?? 'nobody')
    if (!person || !account) return { person: null, name: 'resetUnknown' as const }
    return { person, name: account.suspendedAt ? ('resetSuspended' as const) : ('reset' as const) }
  }

  return {
    request: async (park, { email, lang: asked, next }) => {
      const { person, name } = await mailFor(park.id, email)
      const lang = person?.lang ?? asked
      const who = { parkId: park.id, personId: person?._id ?? newId() }
      await inTransaction(db, async (session) => {
        // Made in every case, mailed in one: the work is the same.
        const key = await mailKeys.add({ ...who, purpose: 'reset', email, lang, next }, session)
        const link = name === 'reset' ? (['accounts.reset-link', { key }] as const) : (['accounts.sign-up'] as const)
        await outbox.enqueue(
          { ...who, to: email, kind: 'reset', ...accountMail(deps, park, { name, lang, link }) },
          session,
        )
        if (name === 'reset') await audit.record({ ...event(who), by: 'visitor', action: 'reset-asked' }, session)
      })
      onMail()
    },
    find: async (parkId, key) => {
      const row = await mailKeys.find(parkId, 'reset', key)
      const account = row && (await accounts.byId(row.personId))
      return account && !account.suspendedAt ? row : null
    },
    complete: async (park, key, password) => {
      const found = await mailKeys.find(park.id, 'reset', key)
      const person = found && (await people.byId(found.personId))
      if (!person?.email) return { ok: false, reason: 'dead' }
      const errors = await newPasswordErrors(password, [person.name, person.email])
      if (errors.length > 0) return { ok: false, reason: 'password', errors }
      const hash = await passwords.hash(password)
      const who = { parkId: park.id, personId: person._id }
      const to = { ...who, to: person.email, kind: 'event' as const }
      const row = await inTransaction(db, async (session) => {
        const taken = await mailKeys.take(park.id, 'reset', key, session)
        if (!taken) return null
        await accounts.setPassword(person._id, hash, session)
        await signIns.endAll(person._id, { session })
        await mailKeys.drop({ personId: person._id }, session)
        const { lang } = person
        const link = ['accounts.reset'] as const
        await outbox.enqueue({ ...to, ...accountMail(deps, park, { name: 'passwordChanged', lang, link }) }, session)
        await audit.record({ ...event(who), by: person._id, action: 'password-reset' }, session)
        return taken
      })
      if (!row) return { ok: false, reason: 'dead' }
      onMail()
      return { ok: true, personId: person._id, next: row.next }
    },
  }
}

const event = ({ parkId, personId }: { parkId: string; personId: string }) => ({
  ...{ parkId, type: 'person' as const, recordId: personId },
})
