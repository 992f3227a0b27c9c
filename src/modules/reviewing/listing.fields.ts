import type { FieldWords } from '../../platform/records/compare-fields.js'
import type { BusinessProfile } from '../businesses/index.js'
import type { ProviderProfile } from '../providers/index.js'
import { businessFields } from './business.fields.js'
import { providerFields } from './provider.fields.js'
import type { ReviewWords } from './words.js'

/** All that a firm or a business says, each field in words. */
export const listingFields = (profile: ProviderProfile | BusinessProfile, words: ReviewWords): FieldWords[] =>
  'park' in profile ? providerFields(profile, words) : businessFields(profile, words)
