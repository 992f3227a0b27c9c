import { createListing, type Found, type Listing, type ListingDeps } from '../../platform/records/listing.service.js'
import type { ProviderProfile } from './providers.schemas.js'

export type FoundProvider = Found<ProviderProfile>
export type ProviderService = Listing<ProviderProfile>

export const providerService = (deps: ListingDeps): ProviderService =>
  createListing<ProviderProfile>(deps, {
    type: 'provider',
    index: 'providers',
    highlight: ['name', 'tagline', 'services', 'features', 'evidence', 'cases', 'description'],
    rights: { visibility: () => 'public' },
  })
