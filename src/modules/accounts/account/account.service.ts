import type { Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import type { Lang } from '../../../kernel/text.js'
import type { AuditAction } from '../../../platform/audit/audit.actions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { PeopleRepository, PersonRow } from '../../people/index.js'
import type { AccountRow, SignInRow } from '../accounts.model.js'
import type { AccountRepository } from '../accounts.repository.js'
import type { SignInRepository } from '../sign-ins.repository.js'
import { isAlive } from '../sign-ins.rules.js'

export interface AccountServiceDeps {
  db: Connection
  people: PeopleRepository
  accounts: AccountRepository
  signIns: SignInRepository
  audit: Audit
  clock: Clock
}

/** What a person sees of his own account. */
export interface OwnAccount {
  person: PersonRow
  account: AccountRow
  /** Those that still let him in, the one used last first. */
  signIns: SignInRow[]
}

export interface OwnDetails {
  name: string
  phone: string | null
  /** The language he is written to in. */
  lang: Lang
}

/** One's own account: each act is about the person who asks, and about nobody else. */
export interface AccountService {
  of(personId: string): Promise<OwnAccount>
  update(personId: string, details: OwnDetails): Promise<void>
  /** @throws {NotFound} for a sign-in that is not his. */
  endSignIn(personId: string, signInId: string): Promise<void>
  /** Ends all but the one in use. */
  endOthers(personId: string, signInId: string): Promise<void>
}

export function accountService({ db, people, accounts, signIns, audit, clock }: AccountServiceDeps): AccountService {
  async function of(personId: string): Promise<OwnAccount> {
    const [person, account, all] = await Promise.all([
      people.byId(personId),
      accounts.byId(personId),
      signIns.of(personId),
    ])
    if (!person || !account) throw new NotFound('account', personId)
    const now = clock()
    return { person, account, signIns: all.filter((signIn) => isAlive(signIn, account, now)) }
  }

  const event = (parkId: string, personId: string, action: AuditAction) => ({
    ...{ parkId, by: personId, action, type: 'person' as const, recordId: personId },
  })

  return {
    of,
    update: async (personId, details) => {
      const { person } = await of(personId)
      await inTransaction(db, async (session) => {
        await people.setDetails(personId, details, session)
        await audit.record(event(person.parkId, personId, 'details-changed'), session)
      })
    },
    endSignIn: async (personId, signInId) => {
      const signIn = await signIns.byId(signInId)
      if (signIn?.personId !== personId) throw new NotFound('sign-in', signInId)
      await signIns.end(signInId)
      await audit.record(event(signIn.parkId, personId, 'sign-in-ended'))
    },
    endOthers: async (personId, signInId) => {
      const { person } = await of(personId)
      await inTransaction(db, async (session) => {
        await signIns.endAll(personId, { except: signInId, session })
        await audit.record(event(person.parkId, personId, 'signed-out-elsewhere'), session)
      })
    },
  }
}
