import type { Connection } from 'mongoose'
import { newId } from '../../../kernel/ids.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { PeopleRepository } from '../../people/index.js'
import type { AccountRepository } from '../accounts.repository.js'
import type { MailKeyRepository } from '../mail-keys/mail-keys.repository.js'

export interface AppointDeps {
  db: Connection
  people: PeopleRepository
  accounts: AccountRepository
  mailKeys: MailKeyRepository
  audit: Audit
}

export type Appointed =
  /** Nobody signs in under the address: whoever has the key may, once and for a day, as an administrator. */
  { as: 'new'; key: string } | { as: 'known'; before: 'curator' | 'administrator' | null }

/** Makes an administrator from outside the product, which is how the first one comes to be. */
export const appointAdministrator =
  ({ db, people, accounts, mailKeys, audit }: AppointDeps) =>
  async (parkId: string, email: string): Promise<Appointed> => {
    const holder = await people.accountHolder(parkId, email)
    const personId = holder?._id ?? newId()
    const account = holder && (await accounts.byId(holder._id))
    return inTransaction(db, async (session) => {
      const event = { parkId, by: 'system:admin', type: 'person' as const, recordId: personId }
      if (holder) {
        await accounts.setStaff(personId, 'administrator', session)
        await audit.record({ ...event, action: 'role-changed', details: { role: 'administrator' } }, session)
        return { as: 'known' as const, before: account?.staff ?? null }
      }
      const link = { parkId, purpose: 'sign-up' as const, personId, email, lang: 'vi' as const }
      const key = await mailKeys.add({ ...link, staff: 'administrator', next: null }, session)
      await audit.record({ ...event, action: 'administrator-invited' }, session)
      return { as: 'new' as const, key }
    })
  }
