import type { Logger } from 'pino'
import { type Clock, type PlainDate, plainDateIn } from '../../kernel/clock.js'
import { newLinkKey } from '../../kernel/ids.js'
import type { ParkContext } from '../../kernel/park.js'
import { DAY_MS, daysBefore, RETENTION } from '../../kernel/retention.js'
import type { RequestContext } from '../../platform/http/context.js'
import { recentlySeen } from '../../platform/recently-seen.js'
import { type Phrase, phraseOf } from './phrases.rules.js'
import { createSettling } from './settling.js'
import type { SearchTermRepository } from './terms.repository.js'
import { answered, since, withSearch } from './terms.rules.js'

export interface SearchOutcome {
  found: boolean
  /** Whether letters may still follow: counted once none have for a while. */
  typing?: boolean
}

/** What people search for: the phrases alone, by day, for curators to learn the words that people use and what they ask for. */
export interface SearchTerms extends Pick<SearchTermRepository, 'shown' | 'countMissing' | 'dismiss'> {
  /**
   * Notes words that were searched for, after the answer is on its way: it never throws and nobody waits for it. The same words of one
   * visit count once a day, with their first outcome, whatever pages and filters follow. `visit` tells one visit from another; only its
   * digest is held, in memory alone, so that a visit which spans a restart or comes to another instance counts again.
   */
  note(park: ParkContext, typed: string, visit: string, outcome: SearchOutcome): void
  /** The phrase has a meaning now: what it found nothing for counts no more. */
  answer(parkId: string, key: string): Promise<void>
  /** Resolves when all that was noted is kept, also what somebody is still typing. */
  settled(): Promise<void>
  /** Forgets what was typed too long ago. */
  forget(park: ParkContext): Promise<void>
}

export interface SearchTermDeps {
  searchTermRows: SearchTermRepository
  clock: Clock
  log: Logger
}

/** Visits of a day that are told apart. */
const MOST_VISITS = 50_000
/** What waits to be kept; more comes only from machines, and is let go. */
const MOST_WAITING = 200
/** Rows that one run looks at before the next. */
const BATCH = 200

export function searchTermService({ searchTermRows: rows, clock, log }: SearchTermDeps): SearchTerms {
  const seen = recentlySeen(MOST_VISITS)
  const settling = createSettling()
  // New with each start: what is held cannot be compared with anything.
  const salt = newLinkKey()
  let waiting = 0
  let last: Promise<void> = Promise.resolve()

  const dayIn = (park: ParkContext, instant: Date): PlainDate => plainDateIn(instant, park.timeZone)

  function count(park: ParkContext, phrase: Phrase, visit: string, found: boolean): void {
    if (waiting >= MOST_WAITING) return
    const now = clock()
    const day = dayIn(park, now)
    if (!seen.isNew(`${salt} ${park.id} ${day} ${visit} ${phrase.key}`)) return
    const until = new Date(now.getTime() + RETENTION.searchTermDays * DAY_MS)
    waiting++
    last = last
      .then(() => rows.update(park.id, phrase.key, (term) => withSearch(term, phrase, day, found), until))
      .catch((error) => log.error({ err: error }, 'a search could not be counted'))
      .finally(() => waiting--)
  }

  return {
    shown: rows.shown,
    countMissing: rows.countMissing,
    dismiss: rows.dismiss,
    note: (park, typed, visit, { found, typing = false }) => {
      const phrase = phraseOf(typed)
      const keep = () => phrase && count(park, phrase, visit, found)
      // What the same visit was typing until now went on to this.
      settling.replace(`${salt} ${park.id} ${visit}`, typing ? keep : null)
      if (!typing) keep()
    },
    answer: (parkId, key) => rows.update(parkId, key, (term) => term && answered(term)),
    settled: () => {
      settling.settle()
      return last
    },
    forget: async (park) => {
      const oldest = dayIn(park, daysBefore(clock(), RETENTION.searchTermDays))
      for (;;) {
        const old = await rows.olderThan(park.id, oldest, BATCH)
        for (const { key } of old) await rows.update(park.id, key, (term) => term && since(term, oldest))
        if (old.length < BATCH) return
      }
    },
  }
}

/** Notes the words of a list that was shown; a list without words is no search. */
export function noteSearch(
  terms: Pick<SearchTerms, 'note'>,
  { park, visit, typing }: RequestContext,
  words: string,
  found: boolean,
): void {
  // A box that is emptied takes back what was being typed.
  if (words || typing !== null) terms.note(park, words, visit, { found, typing: typing !== null })
}
