import type { PeopleRepository } from '../../people/index.js'
import type { AccountRepository } from '../accounts.repository.js'
import type { Passwords } from '../passwords/passwords.js'

export interface SignInDeps {
  accounts: AccountRepository
  people: PeopleRepository
  passwords: Passwords
}

export interface Credentials {
  parkId: string
  email: string
  password: string
}

export type SignInResult =
  | { ok: true; personId: string }
  /** No such account, a wrong password, a suspended account: not told apart. */
  | { ok: false; reason: 'wrong' }

export interface SignInService {
  /** Checks address and password, in the same time whether there is such an account or not. */
  check(credentials: Credentials): Promise<SignInResult>
}

export function signInService({ accounts, people, passwords }: SignInDeps): SignInService {
  return {
    check: async ({ parkId, email, password }) => {
      const person = await people.accountHolder(parkId, email)
      const account = person && (await accounts.byId(person._id))
      const hash = account && !account.suspendedAt ? account.passwordHash : null
      if (!(await passwords.verify(hash, password)) || !account || !hash) return { ok: false, reason: 'wrong' }
      if (passwords.isOutdated(hash)) await accounts.rehash(account._id, await passwords.hash(password))
      return { ok: true, personId: account._id }
    },
  }
}
