import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import type { Mailing } from '../../platform/mail/mailing.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { AccountRepository } from '../accounts/index.js'
import type { FindFirms, Finding } from '../matching/index.js'
import type { MembershipRepository } from '../organisations/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { ProviderRecord } from '../providers/index.js'
import type { ToldRepository } from './told.repository.js'
import type { WatchRepository } from './watches.repository.js'

/** Open needs that a firm could serve and `actor` may see, the best first. */
export type FindNeeds = (actor: Actor, park: ParkContext, firm: ProviderRecord) => Promise<Finding[]>

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
  /** Null while nothing ranks needs for a firm: firms are then not offered to be told of any. */
  findNeeds: FindNeeds | null
  /** Signs the links that end mails. */
  secret: string
}
