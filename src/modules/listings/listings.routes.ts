import type { Connection } from 'mongoose'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { SummaryRepository } from '../summaries/index.js'
import { type ActsDeps, listingActs } from './acts/acts.service.js'
import { findListing } from './find-listing.js'
import { listPages } from './list/list.routes.js'
import { quickEdit } from './list/quick.service.js'
import { type ShowPagesDeps, showPages } from './show/show.routes.js'
import { restoring } from './versions/restore.service.js'
import { versionRepository } from './versions/versions.repository.js'
import { versionPages } from './versions/versions.routes.js'

export interface ListingPagesDeps
  extends Omit<ActsDeps, 'find' | 'people' | 'memberships'>,
    Omit<ShowPagesDeps, 'find' | 'acts' | 'versions'> {
  db: Connection
  records: RecordRepository
  summaries: SummaryRepository
}

/** The curators' pages about firms and businesses. */
export function listingPages(deps: ListingPagesDeps) {
  const find = findListing(deps)
  const versions = versionRepository(deps.db)
  const acts = listingActs({ ...deps, find })
  const restore = restoring({ ...deps, find, versions })
  return {
    ...listPages({ ...deps, find, acts, quick: quickEdit({ ...deps, find }) }),
    ...showPages({ ...deps, find, acts, versions }),
    ...versionPages({ ...deps, find, versions, restore }),
  }
}
