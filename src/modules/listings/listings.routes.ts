import type { Connection } from 'mongoose'
import type { ParkContext } from '../../kernel/park.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import {
  invitationRepository,
  invitationsService,
  itemPages,
  type OrganisationAccess,
  sectionPages,
} from '../organisations/index.js'
import type { SummaryRepository } from '../summaries/index.js'
import { type ActsDeps, listingActs } from './acts/acts.service.js'
import { curatorEditor } from './entering/curator-editor.js'
import { newListingPages } from './entering/new.routes.js'
import { entering } from './entering/new.service.js'
import { curatorsAccess, ownerPages } from './entering/owner.routes.js'
import { ownerRenewal } from './expiry/owner-renewal.routes.js'
import { findListing } from './find-listing.js'
import { exportPages } from './list/export.routes.js'
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
  audit: Audit
  park(): ParkContext
}

/** The curators' pages about firms and businesses. */
export function listingPages(deps: ListingPagesDeps) {
  const find = findListing(deps)
  const versions = versionRepository(deps.db)
  const acts = listingActs({ ...deps, find })
  const restore = restoring({ ...deps, find, versions })
  const editor = curatorEditor({ ...deps, find })
  const sections = sectionPages({ ...deps, editor })
  const items = itemPages({ ...deps, editor })
  // Of the ways to an organisation inviting takes but the one.
  const access = curatorsAccess(find, () => deps.park().id) as OrganisationAccess
  const inviting = invitationsService({ ...deps, access, invitations: invitationRepository(deps.db, deps.clock) })
  return {
    ...newListingPages({ enter: entering(deps) }),
    ...ownerRenewal({ ...deps, find }),
    ...ownerPages({ ...deps, find, inviting }),
    'admin.listing-edit': sections.show,
    'admin.listing-save': sections.save,
    'admin.listing-item': items.show,
    'admin.listing-save-item': items.save,
    ...exportPages(deps),
    ...listPages({ ...deps, find, acts, quick: quickEdit({ ...deps, find }) }),
    ...showPages({ ...deps, find, acts, versions }),
    ...versionPages({ ...deps, find, versions, restore }),
  }
}
