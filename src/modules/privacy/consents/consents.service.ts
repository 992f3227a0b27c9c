import type { ClientSession, Connection } from 'mongoose'
import { NotFound } from '../../../kernel/errors.js'
import { type Actor, can } from '../../../kernel/permissions.js'
import type { ConsentPurpose } from '../../../kernel/purposes.js'
import type { Lang } from '../../../kernel/text.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { DataSubject } from '../../../platform/personal-data.js'
import type { PeopleRepository } from '../../people/index.js'
import type { RequestRepository } from '../register/requests.repository.js'

/** Without the consent to his account there is no account: that one is withdrawn by erasing it. */
export type WithdrawablePurpose = Exclude<ConsentPurpose, 'account'>

/** What ends with a consent, in the transaction of its withdrawal. */
export type ConsentEffects = Readonly<
  Record<WithdrawablePurpose, (subject: DataSubject, session: ClientSession) => Promise<void>>
>

export interface ConsentServiceDeps {
  db: Connection
  people: PeopleRepository
  requests: RequestRepository
  audit: Audit
  effects: ConsentEffects
}

export interface ConsentService {
  /**
   * Withdraws somebody's consent to a purpose and does what that means, at once. False when there is none any more.
   * @throws {NotFound} when it is not the actor's own.
   */
  withdraw(actor: Actor, subject: DataSubject, purpose: WithdrawablePurpose, lang: Lang): Promise<boolean>
}

export function consentService({ db, people, requests, audit, effects }: ConsentServiceDeps): ConsentService {
  return {
    withdraw: async (actor, subject, purpose, lang) => {
      const { parkId, personId } = subject
      if (!can(actor, 'person:withdraw-consent', { type: 'person', id: personId }))
        throw new NotFound('person', personId)
      return inTransaction(db, async (session) => {
        if ((await people.withdrawConsents(personId, purpose, session)) === 0) return false
        await effects[purpose](subject, session)
        await requests.addDone({ parkId, personId, kind: 'withdrawal', lang }, session)
        const event = { action: 'consent-withdrawn', type: 'person', recordId: personId, details: { purpose } } as const
        await audit.record({ parkId, by: personId, ...event }, session)
        return true
      })
    },
  }
}
