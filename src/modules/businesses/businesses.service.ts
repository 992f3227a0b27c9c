import { createListing, type Listing, type ListingDeps } from '../../platform/records/listing.service.js'
import type { BusinessProfile } from './businesses.schemas.js'

export type BusinessService = Listing<BusinessProfile>

export const businessService = (deps: ListingDeps): BusinessService =>
  createListing<BusinessProfile>(deps, {
    type: 'business',
    index: 'businesses',
    highlight: ['name', 'tagline', 'description'],
    rights: { visibility: ({ listed }) => (listed ? 'public' : 'hidden') },
  })
