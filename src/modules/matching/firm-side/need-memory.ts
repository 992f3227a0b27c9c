import type { PlainDate } from '../../../kernel/clock.js'
import type { Lexicon } from '../../../platform/search/index.js'
import type { NeedContent, NeedRecord } from '../../needs/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { withCurrent } from '../current-terms.rules.js'
import { givenOf, wordsOf } from '../need-words.rules.js'
import { deadlineOn } from '../understanding/deadline.rules.js'
import { understand } from '../understanding/understand.rules.js'
import type { Understood } from '../understanding/understood.types.js'

/** A need as the matcher reads it. */
export interface KnownNeed {
  id: string
  /** The record's version that was read. */
  version: number
  understood: Understood
  /** Firms that its owner will be introduced to at most. */
  wantsAtMost: number
}

interface Kept extends KnownNeed {
  day: PlainDate
  /** The deadline was read from the words, and may be told from today ("in two weeks"). */
  dayMatters: boolean
}

/** What needs are read with. */
export interface ReadingWith {
  lexicon: Lexicon
  taxonomy: TaxonomyView
  province: string
  today: PlainDate
}

/** Needs remembered at once; about 3 kB each. */
const MOST = 12_000

/** A stored need understood as it is for its firms. */
export function understoodNeed(content: NeedContent, { taxonomy, ...reading }: ReadingWith): Understood {
  return understand(wordsOf(content), { ...reading, taxonomy, given: withCurrent(taxonomy, givenOf(content)) })
}

/** Each need is understood once, and anew when it, the words or what "today" means for it have changed. */
export function needMemory() {
  let lexicon: Lexicon | null = null
  let known = new Map<string, Kept>()

  const use = (reading: ReadingWith) => {
    if (lexicon === reading.lexicon) return
    lexicon = reading.lexicon
    known = new Map()
  }

  return {
    /** Null when it has to be read from its record. */
    recall: (id: string, version: number, reading: ReadingWith): KnownNeed | null => {
      use(reading)
      const kept = known.get(id)
      if (kept?.version !== version || (kept.dayMatters && kept.day !== reading.today)) return null
      return kept.day === reading.today ? kept : onDay(kept, reading.today)
    },
    learn: ({ id, version, published }: NeedRecord, reading: ReadingWith): KnownNeed | null => {
      use(reading)
      if (!published) return null
      const understood = understoodNeed(published, reading)
      const kept: Kept = {
        ...{ id, version, understood, day: reading.today, wantsAtMost: published.maxResponders },
        dayMatters: understood.deadline !== undefined && published.deadline === undefined,
      }
      if (known.size >= MOST) known.clear()
      known.set(id, kept)
      return kept
    },
  }
}

/** Of a deadline that was given only the weeks that are left change. */
function onDay({ understood, ...kept }: Kept, today: PlainDate): KnownNeed {
  const { deadline } = understood
  return { ...kept, understood: deadline ? { ...understood, deadline: deadlineOn(deadline.date, today) } : understood }
}
