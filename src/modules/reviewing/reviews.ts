import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { Lexicon } from '../../platform/search/index.js'
import type { CaseSubjects } from '../curation/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { type IntroductionReviewDeps, introductionReview } from './introduction.review.js'
import { listingReview } from './listing.review.js'
import { needReview } from './need.review.js'

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
}

/** What the curators decide on listings, needs and what has come to a halt between them. */
export function reviews(deps: ReviewDeps & IntroductionReviewDeps): Omit<CaseSubjects, 'claim'> {
  const listing = listingReview(deps)
  return {
    'new-listing': listing,
    change: listing,
    need: needReview(deps),
    introduction: introductionReview(deps),
  }
}
