import type { Connection } from 'mongoose'
import type { Config } from './config.js'
import type { Clock } from './kernel/clock.js'
import {
  accountRepository,
  createEntrance,
  createIdentity,
  createPasswords,
  guessing,
  knownDevices,
  mailKeyRepository,
  secondFactorService,
  signInRepository,
} from './modules/accounts/index.js'
import { actorMemberships, type MembershipRepository } from './modules/organisations/index.js'
import type { PeopleRepository } from './modules/people/index.js'
import { attemptRepository } from './platform/attempts/attempts.repository.js'
import type { Audit } from './platform/audit/audit.repository.js'
import type { RecordRepository } from './platform/records/record.repository.js'
import type { Sealer } from './platform/sealing.js'
import type { Secrets } from './platform/secrets.js'

export interface SigningInDeps {
  config: Pick<Config, 'publicUrl'>
  db: Connection
  clock: Clock
  secrets: Secrets
  sealer: Sealer
  people: PeopleRepository
  memberships: MembershipRepository
  records: RecordRepository
  audit: Audit
}

/** Who somebody is and how he gets in: accounts, passwords, sign-ins, second factors, and what is counted against guessing. */
export function signingIn({ config, db, clock, secrets, sealer, people, memberships, records, audit }: SigningInDeps) {
  const accounts = accountRepository(db, clock)
  const signIns = signInRepository(db, clock)
  const passwords = createPasswords()
  const membershipsOf = actorMemberships({ memberships, records })
  const identity = createIdentity({ accounts, signIns, people, membershipsOf, clock })
  const devices = knownDevices({ secret: secrets.device, secure: config.publicUrl.startsWith('https:') })
  const guesses = guessing({ attempts: attemptRepository(db, clock), clock, secret: secrets.device })
  return {
    ...{ accounts, signIns, passwords, identity, devices },
    mailKeys: mailKeyRepository(db, clock),
    entrance: createEntrance({ signIns, identity, audit, devices }),
    guessing: guesses,
    secondFactor: secondFactorService({ accounts, signIns, passwords, sealer, audit, clock, guessing: guesses }),
  }
}
