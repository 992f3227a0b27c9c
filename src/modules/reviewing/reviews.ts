import type { CaseSubjects } from '../curation/index.js'
import { type IntroductionReviewDeps, introductionReview } from './introduction.review.js'
import { listingReview } from './listing.review.js'
import { needReview } from './need.review.js'
import type { ReviewDeps } from './reviews.types.js'

/** What the curators decide on listings, needs and what has come to a halt between them. */
export function reviews(
  deps: ReviewDeps & IntroductionReviewDeps,
): Pick<CaseSubjects, 'new-listing' | 'change' | 'need' | 'introduction'> {
  const listing = listingReview(deps)
  return {
    'new-listing': listing,
    change: listing,
    need: needReview(deps),
    introduction: introductionReview(deps),
  }
}
