import type { StoredRecord } from '../../platform/records/record.types.js'

/** Where a listing stands between its people and the park. `new-` before it was ever public, `change-` after. */
export type ListingState =
  | 'published'
  | 'new-waiting'
  | 'new-unsent'
  | 'new-sent-back'
  | 'new-rejected'
  | 'change-waiting'
  | 'change-unsent'
  | 'change-sent-back'
  | 'change-rejected'

/** The cases that are about a listing itself. */
export const LISTING_CASES = ['new-listing', 'change'] as const

/** What waits or was decided last, as far as it matters here. */
interface LastCase {
  state: 'open' | 'approved' | 'sent-back' | 'rejected' | 'moot'
}

/** Whether something was approved that its people have chosen to keep out of the directory. */
export const isUnlisted = ({ published }: Pick<StoredRecord<unknown>, 'published'>): boolean =>
  (published as { listed?: boolean } | null)?.listed === false

export function listingState(
  { published, working }: Pick<StoredRecord<unknown>, 'published' | 'working'>,
  last: LastCase | null,
): ListingState {
  if (working === null) return 'published'
  const kind = published === null ? 'new' : 'change'
  if (last?.state === 'open') return `${kind}-waiting`
  return last?.state === 'sent-back' || last?.state === 'rejected' ? `${kind}-${last.state}` : `${kind}-unsent`
}

/** Whether the park has answered, and it is for its people to go on. */
export const isAnswered = (state: ListingState): boolean => state.endsWith('sent-back') || state.endsWith('rejected')
