import { createListing, type Listing, type ListingDeps } from '../../platform/records/listing.service.js'
import type { NeedContent } from './needs.schemas.js'

/** Who may see a need once it is published. */
export const needVisibility = ({ visibility }: NeedContent) => visibility

export type NeedService = Listing<NeedContent>

export const needService = (deps: ListingDeps): NeedService =>
  createListing<NeedContent>(deps, {
    type: 'need',
    index: 'needs',
    highlight: ['title', 'problem', 'outcome', 'services'],
    visibility: needVisibility,
  })
