import type { AuditAction } from '../../../platform/audit/audit.actions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import type { PeopleRepository } from '../../people/index.js'
import type { AccountRow } from '../accounts.model.js'
import type { AccountRepository } from '../accounts.repository.js'
import { isWorthNoting } from '../guessing/guessing.rules.js'
import type { Guessing } from '../guessing/guessing.service.js'
import type { Passwords } from '../passwords/passwords.js'

export interface SignInDeps {
  accounts: AccountRepository
  people: PeopleRepository
  passwords: Passwords
  guessing: Guessing
  audit: Audit
}

export interface Credentials {
  parkId: string
  email: string
  password: string
  /** The client's network address. */
  ip: string
  /** Id of the device, when it knows this person. */
  deviceOf(personId: string): string | null
}

export type SignInResult =
  | { ok: true; personId: string }
  /** No such account, a wrong password, a suspended account: not told apart. */
  | { ok: false; reason: 'wrong' }
  /** Not looked at, since too many were wrong before; again after so many seconds. */
  | { ok: false; reason: 'too-many'; retryAfter: number }

export interface SignInService {
  /** Checks address and password, in the same time whether there is such an account or not. */
  check(credentials: Credentials): Promise<SignInResult>
}

export function signInService({ accounts, people, passwords, guessing, audit }: SignInDeps): SignInService {
  // Also of an address without an account: guesses at those are worth knowing of, and the answer takes as long.
  const note = (action: AuditAction, parkId: string, account: AccountRow | null, failures: number) => {
    const event = { parkId, by: 'visitor', action, type: 'person' as const, recordId: account?._id ?? 'nobody' }
    return audit.record({ ...event, details: { failures: String(failures) } })
  }
  return {
    check: async ({ parkId, email, password, ip, deviceOf }) => {
      const person = await people.accountHolder(parkId, email)
      const account = await accounts.byId(person?._id ?? NOBODY)
      const guess = await guessing.begin('sign-in', {
        subject: `${parkId} ${email}`,
        ip,
        device: account && deviceOf(account._id),
      })
      if (!guess.ok) {
        if (guess.first) await note('sign-in-limited', parkId, account, guess.failures)
        return { ok: false, reason: 'too-many', retryAfter: guess.retryAfter }
      }
      const hash = account && !account.suspendedAt ? account.passwordHash : null
      const fits = await passwords.verify(hash, password).catch(async (error: unknown) => {
        await guess.takeBack()
        throw error
      })
      if (!fits || !account || !hash) {
        if (isWorthNoting(guess.nth)) await note('sign-in-failed', parkId, account, guess.nth)
        return { ok: false, reason: 'wrong' }
      }
      await guess.wasRight()
      if (passwords.isOutdated(hash)) await accounts.rehash(account._id, await passwords.hash(password))
      return { ok: true, personId: account._id }
    },
  }
}

/** Looked up where there is no such address, so that it takes as long. */
const NOBODY = ''
