import type { PlainDate } from '../../../kernel/clock.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { LocalText } from '../../../kernel/text.js'
import type { RecordAction, RecordFields, StoredRecord } from '../../../platform/records/record.types.js'
import type { ProviderProfile } from '../../providers/index.js'
import { withParkFields } from '../../reviewing/index.js'
import { standingOf } from '../../summaries/index.js'
import type { Profile } from '../listing.types.js'

type Place = ProviderProfile['park']

/** What a curator does to a listing as a whole; each is an action of its versions. */
export const LISTING_ACTS = [
  ...(['publish', 'suspend', 'resume', 'archive', 'unarchive', 'feature', 'unfeature', 'renew', 'place'] as const),
] as const
export type ListingAct = (typeof LISTING_ACTS)[number]

/** Those whose reason has to be written down. */
export const NEED_REASON: readonly ListingAct[] = ['suspend', 'archive']

/** Those of which its owners are told. */
export const TOLD: readonly ListingAct[] = ['suspend', 'resume', 'archive', 'unarchive']

/** The acts that a listing as it stands allows; none for one that was merged into another. */
export function possibleActs(record: StoredRecord<Profile>): ListingAct[] {
  const standing = standingOf(record)
  if (standing === 'merged' || (record.published ?? record.working) === null) return []
  if (standing === 'archived') return ['unarchive']
  // What its own people have sent is decided in its case.
  const place: ListingAct[] = placeOf(record) ? ['place'] : []
  if (standing === 'pending') return record.source === 'curator' ? ['publish', ...place, 'archive'] : ['archive']
  if (standing === 'suspended') return ['resume', ...place, 'archive']
  const mark = record.featuredAt ? 'unfeature' : 'feature'
  return standing === 'expired' ? ['renew', ...place, 'archive'] : ['renew', ...place, mark, 'suspend', 'archive']
}

/** Where a firm sits in the park; null for a business, which sits nowhere in it. */
export function placeOf({ published, working }: StoredRecord<Profile>): Place | null {
  const content = published ?? working
  return content && 'park' in content ? content.park : null
}

export interface ActDetails {
  at: Date
  /** What visitors of the page are told of a suspension; null: for them there is no page. */
  notice: LocalText | null
  /** The last day on which a renewed listing counts as confirmed. */
  until: PlainDate
  /** Where the firm sits from now on; null where that was not asked. */
  place: Place | null
}

/** What an act is called in versions and audit. */
export const actionOf = (act: ListingAct): RecordAction =>
  act === 'publish' ? 'approve' : act === 'place' ? 'change' : act

/** What an act sets. */
export function setOf(
  act: ListingAct,
  { published, working }: StoredRecord<Profile>,
  { at, notice, until, place }: ActDetails,
): RecordFields<Profile> {
  switch (act) {
    case 'publish':
      return { published: working, working: null, expiresOn: until }
    case 'suspend':
      return { withheld: { kind: 'suspended', since: at, notice } }
    case 'resume':
      return { withheld: null }
    case 'archive':
      return { archivedAt: at }
    case 'unarchive':
      return { archivedAt: null }
    case 'feature':
      return { featuredAt: at }
    case 'unfeature':
      return { featuredAt: null }
    case 'renew':
      return { withheld: null, expiresOn: until }
    case 'place':
      // In what its people are preparing too, so that it does not come back with that.
      return { published: withPlace(published, place), working: withPlace(working, place) }
  }
}

const withPlace = (content: Profile | null, place: Place | null): Profile | null =>
  content && place && 'park' in content ? withParkFields(content, place) : content

/** Until when what is confirmed on `day` stands: a year, or as many months as the park has set. Months that are too short end it sooner. */
export function confirmedUntil(day: PlainDate, { rules }: Pick<ParkContext, 'rules'>): PlainDate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + (rules?.listingMonths ?? 12), 0))
  last.setUTCDate(Math.min(date, last.getUTCDate()))
  return last.toISOString().slice(0, 10)
}
