import type { PersonalDataSource } from '../../platform/personal-data.js'
import type { PeopleRepository } from '../people/index.js'
import type { AccountRepository } from './accounts.repository.js'
import type { MailKeyRepository } from './mail-keys/mail-keys.repository.js'
import type { SignInRepository } from './sign-ins.repository.js'

export interface AccountDataDeps {
  accounts: AccountRepository
  signIns: SignInRepository
  mailKeys: MailKeyRepository
  people: PeopleRepository
}

/** How somebody gets in, without what gets him in: no hash and no secret leaves the database. */
export function accountData({ accounts, signIns, mailKeys, people }: AccountDataDeps): PersonalDataSource[] {
  const addressOf = async (personId: string) => (await people.byId(personId))?.email ?? null
  return [
    {
      name: 'mailKeys',
      exportFor: async ({ personId }) => {
        const rows = await mailKeys.of(personId, await addressOf(personId))
        return rows.map(({ purpose, email, createdAt, expiresAt, usedAt }) => ({
          ...{ purpose, email, createdAt, expiresAt, usedAt },
        }))
      },
      erase: async ({ personId }, session) => mailKeys.forget(personId, await addressOf(personId), session),
    },
    {
      name: 'account',
      exportFor: async ({ personId }) => {
        const row = await accounts.byId(personId)
        if (!row) return null
        const { staff, createdAt, usedAt, passwordHash, passwordChangedAt, secondFactor, openIdSubject, suspendedAt } =
          row
        return {
          ...{ staff, createdAt, usedAt, suspendedAt, openIdSubject },
          password: passwordHash !== null,
          passwordChangedAt,
          secondFactorSince: secondFactor?.confirmedAt ?? null,
        }
      },
      erase: ({ personId }, session) => accounts.remove(personId, session),
    },
    {
      name: 'signIns',
      exportFor: async ({ personId }) => {
        const rows = await signIns.everyOf(personId)
        return rows.map(({ device, createdAt, lastSeenAt, secondFactorAt, endedAt }) => ({
          ...{ device, createdAt, lastSeenAt, secondFactorAt, endedAt },
        }))
      },
      erase: ({ personId }, session) => signIns.forget(personId, session),
    },
  ]
}
