import { randomUUID } from 'node:crypto'
import type { IndexSchema, SearchDocument } from '../port.js'
import { inTurns } from './batches.js'
import { documentKey } from './encoding.js'
import type { MeilisearchServer } from './server.js'
import { settingsFor } from './settings.js'
import { type StoredDocument, toStored } from './stored-document.js'

export type Write = { documents: readonly SearchDocument[] } | { ids: readonly string[] }

/** Documents read, sent or asked about at once. */
const BATCH = 1000
/** Tasks that a filling has the server do at once; it joins those that wait. */
const UNDER_WAY = 4
/** In the name of an index that is being filled, so that it can take another's place. */
const NEXT = '_next_'
/** A second index of this age was left by a process that ended while it filled it. */
const ABANDONED_MS = 60 * 60_000

/**
 * Writes to one index, one after another: the server has no conditional write, so the versions that are there are read before each,
 * and a write returns when searches see it.
 */
export class IndexWriter {
  /** Writes since the rebuild under way began, so that they are not lost with the old index; null when none is. */
  private journal: Write[] | null = null
  private last: Promise<void> = Promise.resolve()
  private rebuilds: Promise<void> = Promise.resolve()

  constructor(
    private readonly server: MeilisearchServer,
    private readonly uid: string,
    private readonly schema: IndexSchema,
  ) {}

  get rebuilding(): boolean {
    return this.journal !== null
  }

  /** Resolves when the writes so far have ended, well or not: each told its own caller. */
  settled(): Promise<void> {
    return this.last
  }

  /** Adds or removes documents; versions older than those there are dropped. Throws `TaskFailed` and the client's errors. */
  apply(write: Write): Promise<void> {
    return this.inTurn(async () => {
      this.journal?.push(write)
      await this.bring(this.uid, write)
    })
  }

  /** Fills a second index, then exchanges the two. A source that fails leaves the old one. */
  rebuild(documents: AsyncIterable<SearchDocument>): Promise<void> {
    const mine = this.rebuilds.then(() => this.rebuildNow(documents))
    this.rebuilds = mine.catch(() => undefined)
    return mine
  }

  private async rebuildNow(documents: AsyncIterable<SearchDocument>): Promise<void> {
    const journal: Write[] = []
    this.journal = journal
    const next = `${this.uid}${NEXT}${randomUUID().slice(0, 8)}`
    try {
      await this.server.dropOlder(`${this.uid}${NEXT}`, ABANDONED_MS)
      await this.server.create(next)
      await this.server.configure(next, settingsFor(this.schema))
      await this.fill(next, documents)
      await this.inTurn(async () => {
        for (const write of journal) await this.bring(next, write)
        await this.server.swap(this.uid, next)
        this.journal = null
      })
    } finally {
      this.journal = null
      await this.server.drop(next)
    }
  }

  /** Makes the next documents while the server indexes the former ones. */
  private async fill(uid: string, documents: AsyncIterable<SearchDocument>): Promise<void> {
    const underWay: Promise<void>[] = []
    for await (const batch of batches(documents)) {
      const stored = await this.latest(batch)
      for await (const indexed of this.server.send(uid, [...stored.values()])) {
        const task = indexed()
        // Raised where it is waited for.
        task.catch(() => undefined)
        underWay.push(task)
        if (underWay.length >= UNDER_WAY) await underWay.shift()
      }
    }
    await Promise.all(underWay)
  }

  private async bring(uid: string, write: Write): Promise<void> {
    if ('ids' in write) return this.server.remove(uid, write.ids.map(documentKey))
    const latest = await this.latest(write.documents)
    const present = await this.versions(uid, [...latest.keys()])
    await this.server.add(
      uid,
      [...latest.values()].filter(({ key, version }) => version >= (present.get(key) ?? version)),
    )
  }

  /** What the server is given, by key: of several with one the highest version, of equal ones the last. */
  private async latest(documents: readonly SearchDocument[]): Promise<Map<string, StoredDocument>> {
    const latest = new Map<string, StoredDocument>()
    for await (const one of inTurns(documents, (document) => toStored(document, this.schema))) {
      if (one.version >= (latest.get(one.key)?.version ?? one.version)) latest.set(one.key, one)
    }
    return latest
  }

  private async versions(uid: string, keys: readonly string[]): Promise<Map<string, number>> {
    const found = new Map<string, number>()
    for (let at = 0; at < keys.length; at += BATCH) {
      const part = await this.server.byKeys(uid, keys.slice(at, at + BATCH), ['key', 'version'])
      for (const { key, version } of part) found.set(key, version)
    }
    return found
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.last.then(work)
    this.last = mine.catch(() => undefined)
    return mine
  }
}

async function* batches<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
