import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import type { Mailing } from '../../platform/mail/mailing.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { CaseRepository } from '../curation/index.js'
import type { MembershipRepository } from '../organisations/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { IntroductionRepository } from './introductions.repository.js'

/** What introductions stand on. */
export interface IntroductionDeps extends Mailing {
  db: Connection
  clock: Clock
  introductions: IntroductionRepository
  records: RecordRepository
  people: PeopleRepository
  memberships: MembershipRepository
  cases: CaseRepository
  audit: Audit
  outbox: Outbox
  park(): ParkContext
}
