import { createListing, type Listing, type ListingDeps } from '../../platform/records/listing.service.js'
import type { Rights } from '../../platform/records/resource.js'
import type { NeedContent } from './needs.schemas.js'

export const needRights: Rights<NeedContent> = {
  visibility: ({ visibility }) => visibility,
  organisation: ({ business }) => business,
}

export type NeedService = Listing<NeedContent>

export const needService = (deps: ListingDeps): NeedService =>
  createListing<NeedContent>(deps, {
    type: 'need',
    index: 'needs',
    highlight: ['title', 'problem', 'outcome', 'services'],
    rights: needRights,
  })
