import { InvalidInput } from '../../kernel/errors.js'
import type { ListingType } from '../duplicates/index.js'
import { storable } from '../organisations/index.js'
import type { Choices, Profile } from './fields.rules.js'

/** Fields that a merge has made unfit to be stored: lists that hold more than they may once they are joined. */
export function unfitFields(type: ListingType, merged: Profile | null, choices: Choices): string[] {
  if (!merged) return []
  try {
    storable(type, merged as unknown as Parameters<typeof storable>[1])
    return []
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    // What a listing lacked before is not the merge's affair.
    const fields = error.errors.map(({ field }) => field.split('.')[0] ?? '')
    return [...new Set(fields)].filter((field) => choices[field] === 'both' || choices[field] === 'other')
  }
}
