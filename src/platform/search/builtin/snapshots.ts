import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { IndexName, IndexSchema } from '../port.js'
import type { InvertedIndex } from './inverted-index.js'
import type { Keeper } from './living-index.js'
import { loadSnapshot, saveSnapshot } from './snapshot.js'

/** How far an engine's documents go in the change log, and what they were made by. */
export interface Mark {
  form: string
  seq: number
}

/** The files of an engine's indexes in one folder. */
export class Snapshots {
  private mark: Mark | null = null
  /** What the file of each index says. */
  private readonly kept = new Map<IndexName, Mark>()

  constructor(
    private readonly folder: string,
    /** Told of a file that could not be written: the engine works on without it. */
    private readonly onError: (error: unknown) => void,
  ) {}

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

  /** From now on documents are of this form and go at least so far. Whether files of another form are there. */
  moveTo(mark: Mark): boolean {
    this.mark = mark
    return [...this.kept.values()].some(({ form }) => form !== mark.form)
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
      await saveSnapshot(this.path(name), index, { schema, ...mark })
      this.kept.set(name, mark)
    } catch (error) {
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
