export { businessChecks, type CompletenessCheck, missingFrom, percentOf, providerChecks } from './completeness.rules.js'
export { createSummaryIndexes } from './summaries.model.js'
export { fillSummaries, noteOwner, summaryProjection } from './summaries.projection.js'
export {
  SUMMARY_SORTS,
  type SummaryCount,
  type SummaryFilter,
  type SummaryRepository,
  type SummarySort,
  summaryRepository,
} from './summaries.repository.js'
export { standingOf } from './summaries.rules.js'
export { BANDS, LISTING_TYPES, type ListingType, STANDINGS, type SummaryRow } from './summaries.types.js'
