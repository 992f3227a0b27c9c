import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { IndexName, IndexSchema } from '../port.js'
import type { InvertedIndex } from './inverted-index.js'
import type { Keeper } from './living-index.js'
import { loadSnapshot, saveSnapshot, UNFINISHED } from './snapshot.js'

/** A file that was not finished after so long never will be. */
const ABANDONED_MS = 10 * 60_000

/** How far an engine's documents go in the change log, and what they were made by. */
export interface Mark {
  form: string
  seq: number
}

/** The files of an engine's indexes in one folder. */
export class Snapshots {
  private mark: Mark | null = null
  private readonly closing = new AbortController()
  /** What the file of each index says. */
  private readonly kept = new Map<IndexName, Mark>()

  constructor(
    private readonly folder: string,
    /** Told of a file that could not be written: the engine works on without it. */
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Gives up what is being written. */
  close(): void {
    this.closing.abort()
  }

  /** Removes what processes that ended in the middle of writing have left. */
  async tidy(): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name)
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
      if (name.endsWith(UNFINISHED) && Date.now() - mtimeMs > ABANDONED_MS)
        await rm(path, { force: true }).catch(() => undefined)
    }
  }

  /** The index as it was kept; null where there is no sound file for the schema. */
  async load(name: IndexName, schema: IndexSchema): Promise<InvertedIndex | null> {
    const loaded = await loadSnapshot(this.path(name), schema).catch(() => null)
    if (!loaded) return null
    this.kept.set(name, { form: loaded.head.form, seq: loaded.head.seq })
    return loaded.index
  }

  /** Where documents of a form stand in the change log if all the indexes were kept, else null. */
  seqOf(names: Iterable<IndexName>, form: string): number | null {
    const marks = [...names].map((name) => this.kept.get(name))
    if (marks.length === 0 || marks.some((mark) => mark?.form !== form)) return null
    this.mark = { form, seq: Math.min(...marks.map((mark) => mark?.seq ?? 0)) }
    return this.mark.seq
  }

  /** What is kept from now on is of this form and has the changes up to `seq`. */
  moveTo(mark: Mark): void {
    this.mark = mark
  }

  /** Documents of the form that is kept go further; without such a form, or with another one, nothing is said of them. */
  advance({ form, seq }: Mark): void {
    if (this.mark?.form === form) this.mark = { form, seq }
  }

  /** Whether the file of an index is of another form than what is kept now. */
  isOutdated(name: IndexName): boolean {
    return this.mark !== null && this.kept.get(name)?.form !== this.mark.form
  }

  keeper(name: IndexName, schema: IndexSchema): Keeper {
    return {
      begin: () => {
        const { mark } = this
        return async (index) => {
          if (mark) await this.save(name, schema, mark, index)
        }
      },
    }
  }

  private async save(name: IndexName, schema: IndexSchema, mark: Mark, index: InvertedIndex): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 })
      await saveSnapshot(this.path(name), index, { schema, ...mark }, this.closing.signal)
      this.kept.set(name, mark)
    } catch (error) {
      // What was there before stays: the change log goes on from it.
      if (this.closing.signal.aborted) return
      // What is there may be of another form: better none than that.
      this.kept.delete(name)
      await rm(this.path(name), { force: true }).catch(() => undefined)
      this.onError(error)
    }
  }

  private path(name: IndexName): string {
    return join(this.folder, `${name}.index`)
  }
}
