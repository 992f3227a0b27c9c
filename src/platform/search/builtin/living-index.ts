import { type Pace, paceBy } from '../../pace.js'
import type { IndexSchema, SearchDocument } from '../port.js'
import { freeze } from './freeze.js'
import { InvertedIndex } from './inverted-index.js'

/** A write to an index. */
export type Write = { documents: readonly SearchDocument[] } | { ids: readonly string[] }

/** Fewer replaced or removed documents than this are never worth a new index. */
const MIN_DEAD = 256
/** So many documents in growing lists, or half of the frozen ones where that is more, are worth freezing. */
const MIN_FRESH = 8_000

/** Keeps copies of an index. */
export interface Keeper {
  /** Called before an index is made anew: says how to keep it once all of it is frozen, and while nobody writes to it yet. */
  begin(): (index: InvertedIndex) => Promise<void>
}

const NOBODY: Keeper = { begin: () => async () => {} }

/**
 * One index that is read and written while it is rebuilt or tidied beside: what is written meanwhile goes into both. Long work is done
 * in small pieces, one work after another.
 */
export class LivingIndex {
  /** Writes since the work under way began; null when none is. */
  private journal: Write[] | null = null
  private working: Promise<void> = Promise.resolve()
  private rebuilds = 0
  /** Below this many slots a tidying is not tried again. */
  private patientUntil = 0
  /** How often slots were numbered anew. */
  generation = 0

  constructor(
    private index: InvertedIndex,
    private readonly keeper: Keeper = NOBODY,
    /** Told of a tidying that failed. */
    private readonly onError: (error: unknown) => void = () => {},
  ) {}

  get current(): InvertedIndex {
    return this.index
  }

  get schema(): IndexSchema {
    return this.index.schema
  }

  get rebuilding(): boolean {
    return this.rebuilds > 0
  }

  write(write: Write): void {
    this.journal?.push(write)
    apply(this.index, write)
    if (this.journal !== null || !isWorthFreezing(this.index) || this.index.capacity < this.patientUntil) return
    void this.tidy().catch((error) => {
      // Not with every write again.
      this.patientUntil = this.index.capacity + MIN_DEAD
      this.onError(error)
    })
  }

  /** Replaces all documents; a source that fails leaves the old ones. */
  async rebuild(documents: AsyncIterable<SearchDocument>): Promise<void> {
    this.rebuilds++
    try {
      await this.inTurn(async (pace) => {
        let index = new InvertedIndex(this.schema)
        for await (const document of documents) {
          index.put(document)
          if (isWorthFreezing(index)) index = await freeze(index, pace)
          await pace()
        }
        return freeze(index, pace)
      })
    } finally {
      this.rebuilds--
    }
  }

  /** Freezes all lists and drops what was replaced or removed. */
  tidy(): Promise<void> {
    return this.inTurn((pace) => freeze(this.index, pace))
  }

  /** The index is not used any more. */
  close(): void {
    this.index.documents.close()
  }

  private inTurn(make: (pace: Pace) => Promise<InvertedIndex>): Promise<void> {
    const mine = this.working.then(async () => {
      const journal: Write[] = []
      this.journal = journal
      const keep = this.keeper.begin()
      try {
        const pace = paceBy()
        const made = await make(pace)
        await keep(made)
        await made.warm(pace)
        // Further writes come while these are made up for.
        for (const write of journal) {
          apply(made, write)
          await pace()
        }
        this.index.documents.close()
        this.index = made
        this.generation++
      } finally {
        this.journal = null
      }
    })
    this.working = mine.catch(() => undefined)
    return mine
  }
}

function apply(index: InvertedIndex, write: Write): void {
  if ('ids' in write) for (const id of write.ids) index.remove(id)
  else for (const document of write.documents) index.put(document)
}

function isWorthFreezing({ capacity, size, frozen }: InvertedIndex): boolean {
  const dead = capacity - size
  return (dead >= MIN_DEAD && dead * 2 > size) || capacity - frozen >= Math.max(MIN_FRESH, frozen / 2)
}
