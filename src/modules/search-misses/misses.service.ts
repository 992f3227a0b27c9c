import type { Logger } from 'pino'
import { type Clock, type PlainDate, plainDateIn } from '../../kernel/clock.js'
import { newLinkKey } from '../../kernel/ids.js'
import type { ParkContext } from '../../kernel/park.js'
import { DAY_MS, daysBefore, RETENTION } from '../../kernel/retention.js'
import { recentlySeen } from '../../platform/recently-seen.js'
import type { SearchMissRepository } from './misses.repository.js'
import { since, withSearch } from './misses.rules.js'
import { phraseOf } from './phrases.rules.js'

/** Searches that found nothing: the phrases alone, for curators to learn the words that people use. */
export interface SearchMisses extends Pick<SearchMissRepository, 'shown' | 'countShown' | 'remove' | 'dismiss'> {
  /**
   * Notes words that found nothing, after the answer is on its way: it never throws and nobody waits for it. `visit` tells one
   * visit from another within a day; only its digest is held, in memory alone.
   */
  note(park: ParkContext, typed: string, visit: string): void
  /** Resolves when all that was noted is kept. */
  settled(): Promise<void>
  /** Forgets what was typed too long ago. */
  forget(park: ParkContext): Promise<void>
}

export interface SearchMissDeps {
  searchMissRows: SearchMissRepository
  clock: Clock
  log: Logger
}

/** Visits of a day that are told apart. */
const MOST_VISITS = 50_000
/** What waits to be kept; more comes only from machines, and is let go. */
const MOST_WAITING = 200
/** Rows that one run looks at before the next. */
const BATCH = 200

export function searchMissService({ searchMissRows: rows, clock, log }: SearchMissDeps): SearchMisses {
  const seen = recentlySeen(MOST_VISITS)
  // New with each start: what is held cannot be compared with anything.
  const salt = newLinkKey()
  let waiting = 0
  let last: Promise<void> = Promise.resolve()

  const dayIn = (park: ParkContext, instant: Date): PlainDate => plainDateIn(instant, park.timeZone)

  return {
    shown: rows.shown,
    countShown: rows.countShown,
    remove: rows.remove,
    dismiss: rows.dismiss,
    note: (park, typed, visit) => {
      const phrase = phraseOf(typed)
      if (!phrase || waiting >= MOST_WAITING) return
      const now = clock()
      const day = dayIn(park, now)
      const fresh = seen.isNew(`${salt} ${park.id} ${day} ${visit} ${phrase.key}`)
      const until = new Date(now.getTime() + RETENTION.searchMissDays * DAY_MS)
      waiting++
      last = last
        .then(() => rows.update(park.id, phrase.key, (miss) => withSearch(miss, phrase, day, fresh), until))
        .catch((error) => log.error({ err: error }, 'a search that found nothing could not be counted'))
        .finally(() => waiting--)
    },
    settled: () => last,
    forget: async (park) => {
      const oldest = dayIn(park, daysBefore(clock(), RETENTION.searchMissDays))
      for (;;) {
        const old = await rows.olderThan(park.id, oldest, BATCH)
        for (const { key, until } of old) {
          await rows.update(park.id, key, (miss) => (miss ? since(miss, oldest) : null), until)
        }
        if (old.length < BATCH) return
      }
    },
  }
}
