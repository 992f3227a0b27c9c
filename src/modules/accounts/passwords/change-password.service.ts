import type { Connection } from 'mongoose'
import type { FieldError } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../../people/index.js'
import { accountMail } from '../accounts.mail.js'
import type { AccountRepository } from '../accounts.repository.js'
import type { MailKeyRepository } from '../mail-keys/mail-keys.repository.js'
import type { Place, SecondFactorService } from '../second-factor/second-factor.service.js'
import type { SignInRepository } from '../sign-ins.repository.js'
import type { Holder } from '../signing-in/entrance.js'
import { newPasswordErrors } from './new-password.service.js'
import type { Passwords } from './passwords.js'

export interface ChangePasswordDeps extends Mailing {
  db: Connection
  people: PeopleRepository
  accounts: AccountRepository
  signIns: SignInRepository
  mailKeys: MailKeyRepository
  secondFactor: SecondFactorService
  outbox: Outbox
  audit: Audit
  passwords: Passwords
}

export interface PasswordChange {
  present: string
  wanted: string
  /** Where the guess at the present one comes from. */
  place: Place
}

export type ChangedPassword =
  | { ok: true }
  | { ok: false; reason: 'wrong'; errors: FieldError[] }
  | { ok: false; reason: 'too-many'; retryAfter: number }

/** Sets a new password for who gives the present one, ends his other sign-ins and tells him by mail. */
export type ChangePassword = (park: ParkContext, holder: Holder, change: PasswordChange) => Promise<ChangedPassword>

export function changePassword(deps: ChangePasswordDeps): ChangePassword {
  const { db, people, accounts, signIns, mailKeys, secondFactor, outbox, audit, passwords, onMail } = deps
  return async (park, holder, { present, wanted, place }) => {
    const { parkId, personId, signInId } = holder
    const person = await people.byId(personId)
    if (!person?.email) throw new Error(`person ${personId} is gone`)
    const errors = await newPasswordErrors(wanted, [person.name, person.email])
    if (errors.length > 0) return { ok: false, reason: 'wrong', errors }
    const himself = await secondFactor.isHimself(holder, present, place)
    if (!himself.ok && himself.reason === 'too-many') return himself
    if (!himself.ok)
      return { ok: false, reason: 'wrong', errors: [{ field: 'presentPassword', code: 'wrongPassword' }] }
    const hash = await passwords.hash(wanted)
    const { lang, email: to } = person
    const mail = accountMail(deps, park, { name: 'passwordChanged', lang, link: ['accounts.reset'] })
    await inTransaction(db, async (session) => {
      await accounts.setPassword(personId, hash, session)
      await signIns.endAll(personId, { except: signInId, session })
      await mailKeys.drop({ personId }, session)
      await outbox.enqueue({ parkId, personId, to, ...mail }, session)
      const event = { parkId, by: personId, action: 'password-changed', type: 'person', recordId: personId } as const
      await audit.record(event, session)
    })
    onMail()
    return { ok: true }
  }
}
