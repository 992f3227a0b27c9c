import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { Lexicon } from '../../platform/search/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { ReasonRepository } from '../reasons/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'

/** What the reviews stand on. */
export interface ReviewDeps {
  db: Connection
  records: RecordRepository
  change: Change
  park(): ParkContext
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  clock: Clock
  publicUrl: string
  people: PeopleRepository
  reasons: ReasonRepository
}
