import { createHmac } from 'node:crypto'
import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import type { ParkContext } from '../../kernel/park.js'
import type { StaffRole } from '../../kernel/permissions.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { Sealer } from '../../platform/sealing.js'
import {
  type AccountRepository,
  codeAt,
  type Passwords,
  type SignInRepository,
  sharedSecretOf,
} from '../accounts/index.js'
import type { MembershipRepository } from '../organisations/index.js'
import type { PeopleRepository } from '../people/index.js'
import {
  DEMONSTRATION,
  DEMONSTRATION_PASSWORD,
  DEMONSTRATION_PEOPLE,
  type DemonstrationPerson,
} from './demonstration-people.js'

export interface DemonstrationPeopleDeps {
  db: Connection
  accounts: AccountRepository
  people: PeopleRepository
  memberships: MembershipRepository
  signIns: SignInRepository
  records: RecordRepository
  passwords: Passwords
  sealer: Sealer
  clock: Clock
  /** What the staff's second factors are made from; it stands beside the data, not in it. */
  secret: string
}

/** How one signs in as somebody of the demonstration. */
export interface DemonstrationSignIn {
  email: string
  password: string
  staff: StaffRole | null
  owns: 'provider' | 'business' | null
  /** Of the park's staff: the code of this moment, and the secret for an authenticator app. */
  secondFactor: { code: string; secret: string } | null
}

export interface DemonstrationPeople {
  add(park: ParkContext): Promise<void>
  isComplete(park: ParkContext): Promise<boolean>
  /** Takes them out: their accounts, what they are called, where they belong. */
  remove(park: ParkContext): Promise<void>
  /** Those that are there. */
  signIns(park: ParkContext): Promise<DemonstrationSignIn[]>
}

export function demonstrationPeople(deps: DemonstrationPeopleDeps): DemonstrationPeople {
  const { db, accounts, people, memberships, signIns, records, passwords, sealer, clock, secret } = deps

  const there = async (park: ParkContext) => {
    const found = await Promise.all(
      DEMONSTRATION_PEOPLE.map(async (person) => ({ person, row: await people.accountHolder(park.id, person.email) })),
    )
    return found
  }

  async function addOne(park: ParkContext, { email, name, owns, staff }: DemonstrationPerson, passwordHash: string) {
    const who = { personId: newId(), parkId: park.id }
    const [owned] = owns ? await records.byExternalIds(park.id, owns.type, DEMONSTRATION, [owns.externalId]) : []
    await inTransaction(db, async (session) => {
      await people.addAccountHolder({ ...who, email, name, lang: 'vi' }, session)
      await accounts.add({ ...who, passwordHash, demonstration: true, ...(staff && { staff }) }, session)
      if (staff) {
        const sealed = sealer.seal(demonstrationFactor(secret, email), who.personId)
        const factor = { secret: sealed, confirmedAt: clock(), lastStep: 0, recoveryCodes: [] }
        await accounts.setSecondFactor(who.personId, factor, session)
      }
      if (owns && owned) {
        await memberships.put({ ...who, type: owns.type, organisation: owned.id, role: 'owner' }, session)
      }
    })
  }

  return {
    add: async (park) => {
      const missing = (await there(park)).filter(({ row }) => !row)
      if (missing.length === 0) return
      const passwordHash = await passwords.hash(DEMONSTRATION_PASSWORD)
      for (const { person } of missing) await addOne(park, person, passwordHash)
    },
    isComplete: async (park) => (await there(park)).every(({ row }) => row),
    remove: async (park) => {
      for (const personId of await accounts.demonstration(park.id)) {
        await inTransaction(db, async (session) => {
          await signIns.endAll(personId, { session })
          await memberships.removeAll(personId, session)
          await accounts.remove(personId, session)
          await people.erase(personId, session)
        })
      }
    },
    signIns: async (park) => {
      const found = (await there(park)).filter(({ row }) => row)
      return found.map(({ person: { email, staff, owns } }) => {
        const shared = demonstrationFactor(secret, email)
        return {
          email,
          password: DEMONSTRATION_PASSWORD,
          staff: staff ?? null,
          owns: owns?.type ?? null,
          secondFactor: staff ? { code: codeAt(shared, clock()), secret: shared } : null,
        }
      })
    },
  }
}

/**
 * The shared secret of a demonstration person's second factor, base32. It follows from a secret of the data folder, so that
 * his code can be told while the running product holds the database.
 */
export const demonstrationFactor = (secret: string, email: string): string =>
  sharedSecretOf(createHmac('sha1', secret).update(email).digest())
