import type { ClientSession, Connection } from 'mongoose'
import type { FieldError } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/ids.js'
import type { ParkContext } from '../../../kernel/park.js'
import { textVersion } from '../../../kernel/purposes.js'
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

/** Joins to a person what was posted under an address before it was verified to be his. */
export type Adopt = (person: { parkId: string; personId: string; email: string }) => Promise<void>

export interface SignUpDeps extends Mailing {
  db: Connection
  people: PeopleRepository
  accounts: AccountRepository
  mailKeys: MailKeyRepository
  outbox: Outbox
  audit: Audit
  passwords: Passwords
  adopt: Adopt
}

export interface NewAccountForm {
  name: string
  password: string
  lang: Lang
}

export type SignUpResult =
  | { ok: true; personId: string; next: string | null }
  /** `dead`: the link is unknown, used or too old, or its address has an account by now. */
  | { ok: false; reason: 'dead' }
  | { ok: false; reason: 'password'; errors: FieldError[] }

export interface SignUpService {
  /** Mails a link to an address; one that has an account is told so. The same is done, and takes as long, in both cases. */
  request(park: ParkContext, asked: { email: string; lang: Lang; next: string | null }): Promise<void>
  /** What a link is good for; null when it is dead. Opening it uses up nothing, since programs that look for harm open links too. */
  find(parkId: string, key: string): Promise<MailKeyRow | null>
  /** Makes the account. Whoever holds the mailbox sets the password; nobody else can have set one before. */
  complete(park: ParkContext, key: string, form: NewAccountForm): Promise<SignUpResult>
}

export function signUpService(deps: SignUpDeps): SignUpService {
  const { db, people, accounts, mailKeys, outbox, audit, passwords, adopt, onMail } = deps

  const hasAccount = async (parkId: string, email: string) => (await people.accountHolder(parkId, email)) !== null

  return {
    request: async (park, { email, lang, next }) => {
      const holder = await people.accountHolder(park.id, email)
      const person = { parkId: park.id, personId: newId() }
      await inTransaction(db, async (session) => {
        // For an address that has an account the key is made too and mailed to nobody: the work is the same.
        const key = await mailKeys.add({ ...person, purpose: 'sign-up', email, lang, next }, session)
        const mail = holder
          ? accountMail(deps, park, {
              ...{ name: 'signUpKnown', lang: holder.lang, link: ['accounts.sign-in'], other: ['accounts.reset'] },
            })
          : accountMail(deps, park, { name: 'signUp', lang, link: ['accounts.sign-up-link', { key }] })
        const to = { parkId: park.id, personId: holder?._id ?? person.personId, to: email, kind: 'sign-up' as const }
        await outbox.enqueue({ ...to, ...mail }, session)
      })
      onMail()
    },
    find: async (parkId, key) => {
      const row = await mailKeys.find(parkId, 'sign-up', key)
      return row && !(await hasAccount(parkId, row.email)) ? row : null
    },
    complete: async (park, key, form) => {
      const found = await mailKeys.find(park.id, 'sign-up', key)
      if (!found) return { ok: false, reason: 'dead' }
      const errors = await newPasswordErrors(form.password, [form.name, found.email])
      if (errors.length > 0) return { ok: false, reason: 'password', errors }
      const row = await store(park, key, form, found.email)
      if (!row) return { ok: false, reason: 'dead' }
      await adopt({ parkId: park.id, personId: row.personId, email: row.email })
      return { ok: true, personId: row.personId, next: row.next }
    },
  }

  /** Null when somebody else was quicker, with this link or with another one to the same address. */
  async function store(park: ParkContext, key: string, form: NewAccountForm, email: string) {
    const passwordHash = await passwords.hash(form.password)
    try {
      return await inTransaction(db, (session) => add(park, key, { ...form, passwordHash }, session))
    } catch (error) {
      // The unique address lets one through.
      if (await hasAccount(park.id, email)) return null
      throw error
    }
  }

  async function add(
    park: ParkContext,
    key: string,
    { name, lang, passwordHash }: Omit<NewAccountForm, 'password'> & { passwordHash: string },
    session: ClientSession,
  ) {
    const taken = await mailKeys.take(park.id, 'sign-up', key, session)
    if (!taken) return null
    const { parkId, personId, email, staff } = taken
    await people.addAccountHolder({ parkId, personId, email, name, lang }, session)
    await accounts.add({ parkId, personId, passwordHash, ...(staff && { staff }) }, session)
    const consent = { purpose: 'account', textVersion: textVersion('account'), way: 'sign-up', lang } as const
    await people.addConsent({ parkId, personId, ...consent }, session)
    await mailKeys.drop({ parkId, email }, session)
    await audit.record({ parkId, by: personId, action: 'sign-up', type: 'person', recordId: personId }, session)
    return taken
  }
}
