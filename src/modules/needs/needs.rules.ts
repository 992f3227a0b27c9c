import type { PlainDate } from '../../kernel/clock.js'
import type { NeedContent } from './needs.schemas.js'
import type { NeedRecord } from './needs.search.js'

/** The states in which a published need is shown. */
export const NEED_STATES = ['open', 'closed', 'expired'] as const
export type NeedState = (typeof NEED_STATES)[number]

/** What everybody may see of a record that a listing returned. */
export function published(record: NeedRecord): NeedContent {
  if (!record.published) throw new TypeError(`need ${record.id} is not published`)
  return record.published
}

/** A published need as its readers see it today; one whose deadline has passed is expired before the hourly job says so. */
export function needState(record: NeedRecord, today: PlainDate): NeedState {
  if (record.status === 'expired') return 'expired'
  if (record.status !== 'published') return 'closed'
  const deadline = record.published?.deadline
  return deadline !== undefined && deadline < today ? 'expired' : 'open'
}

/** What a stored need says, with when it was said: "in two weeks" counts from then. */
export interface WrittenNeed {
  content: NeedContent
  writtenAt: Date
}

/** A version of a need's content as written when the need was first published or, before that, entered: no record knows the age of a line. */
export const writtenNeed = (
  content: NeedContent,
  record: Pick<NeedRecord, 'publishedAt' | 'createdAt'>,
): WrittenNeed => ({
  content,
  writtenAt: record.publishedAt ?? record.createdAt,
})

const DAY_MS = 86_400_000

/** Days from `today` to `date`; negative when it has passed. */
export const daysUntil = (date: PlainDate, today: PlainDate): number =>
  Math.round((Date.parse(date) - Date.parse(today)) / DAY_MS)

/** `n•••@tiem.vn`: enough to recognise one's own address by, too little for anybody else. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}•••${email.slice(at)}`
}
