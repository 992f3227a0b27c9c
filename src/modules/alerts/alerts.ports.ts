import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import type { Mailing } from '../../platform/mail/mailing.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { AccountRepository } from '../accounts/index.js'
import type { FindFirms, FindNeeds } from '../matching/index.js'
import type { MembershipRepository } from '../organisations/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { ToldRepository } from './told.repository.js'
import type { WatchRepository } from './watches.repository.js'

export interface AlertDeps extends Mailing {
  db: Connection
  clock: Clock
  records: RecordRepository
  people: PeopleRepository
  accounts: Pick<AccountRepository, 'byId'>
  memberships: MembershipRepository
  outbox: Outbox
  watches: WatchRepository
  told: ToldRepository
  findFirms: FindFirms
  findNeeds: FindNeeds
  /** Signs the links that end mails. */
  secret: string
}
