import type { Pace } from '../../pace.js'
import { type FrozenPostings, readList } from './frozen-postings.js'
import { Int32List, zeroed } from './growable.js'
import { type ScoredList, type Scoring, scoreEntries } from './scored-list.js'

/** The longest lists are kept read up to so many documents in all, six bytes each. */
const MAX_DOCUMENTS = 12_000_000

/**
 * The longest of an index's frozen lists, kept as they are scored: few words make up most of what is written, and reading their lists
 * anew would be most of the work of a search. Removed documents stay in them.
 */
export class HotLists {
  /** By number of a frozen list. */
  private readonly lists = new Map<number, ScoredList>()
  private readonly entries = new Int32List()
  /** What the lists were scored by; others are scored anew. */
  private worth: Float64Array | null = null

  /** `least`: lists of fewer documents are read quickly, and not kept. */
  constructor(
    private readonly frozen: FrozenPostings,
    least: number,
  ) {
    let documents = 0
    const longest = longestOf(frozen, least)
    const kept = longest.filter((list) => {
      documents += frozen.documents[list] as number
      return documents <= MAX_DOCUMENTS
    })
    const room = kept.reduce((sum, list) => sum + (frozen.documents[list] as number), 0)
    const slots = zeroed(room)
    const values = new Uint16Array(zeroed((room + 1) >> 1).buffer, 0, room)
    let from = 0
    for (const list of kept) {
      const to = from + (frozen.documents[list] as number)
      this.lists.set(list, { slots: slots.subarray(from, to), values: values.subarray(from, to), length: 0 })
      from = to
    }
  }

  /** A frozen list as it is scored; undefined for one that is not kept. */
  get(list: number, scoring: Scoring): ScoredList | undefined {
    if (this.worth !== scoring.worth) {
      this.worth = scoring.worth
      for (const outdated of this.lists.values()) outdated.length = 0
    }
    const known = this.lists.get(list)
    if (known?.length === 0) {
      const count = readList(this.frozen, list, this.entries)
      scoreEntries(this.entries.data, count, scoring, known)
    }
    return known
  }

  /** Reads all of them. */
  async read(scoring: Scoring, pace: Pace): Promise<void> {
    for (const list of this.lists.keys()) {
      this.get(list, scoring)
      await pace()
    }
  }
}

function longestOf({ documents }: FrozenPostings, least: number): number[] {
  const long: number[] = []
  documents.forEach((count, list) => {
    if (count >= least) long.push(list)
  })
  return long.sort((a, b) => (documents[b] as number) - (documents[a] as number))
}
