import { NotFound } from '../../kernel/errors.js'
import { can } from '../../kernel/permissions.js'
import type { Person } from '../../platform/http/viewer.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { resourceOf } from '../../platform/records/resource.js'
import { LISTING_TYPES } from '../summaries/index.js'
import type { Listing, Profile } from './listing.types.js'

export type FindListing = (actor: Person, parkId: string, id: string) => Promise<Listing>

/** @returns a function that throws {NotFound} for a listing that there is not. */
export const findListing =
  ({ records }: { records: RecordRepository }): FindListing =>
  async (actor, parkId, id) => {
    for (const type of LISTING_TYPES) {
      const record = await records.byId<Profile>(type, id)
      if (record?.parkId !== parkId) continue
      const own = !can(actor, 'listing:curate', resourceOf(type, record, { visibility: () => 'public' }))
      return { type, record, own }
    }
    throw new NotFound('listing', id)
  }
