import type { Doc } from './bson/values.js'
import { MongoError, writeConflict } from './errors.js'
import type { Catalog } from './storage/catalog.js'
import type { Collection } from './storage/collection.js'
import { type Documents, Entry, findEntry } from './storage/documents.js'
import { duplicateKey } from './storage/duplicate.js'
import type { Index } from './storage/indexes.js'
import { creationLock, type Locks, lockName } from './storage/locks.js'
import type { Plan } from './storage/planner.js'
import { scan } from './storage/scan.js'
import type { Connection } from './storage/sqlite.js'
import type { Store } from './storage/store.js'
import type { View } from './storage/view.js'

/** What a transaction has done to one collection: documents by the encoding of their _id; null where removed. */
interface Overlay {
  collection: Collection
  changes: Map<string, { id: Buffer; entry: Entry | null }>
  /** Who, among the changed documents, has which unique key. */
  keys: Map<string, string>
}

const nameOf = (id: Buffer): string => id.toString('latin1')

/**
 * A transaction: it reads the snapshot taken at its first command with its own changes laid over, and writes nothing until it
 * commits. Every document and unique key it changes is locked, so that a conflict shows at the write and never at the commit.
 */
export class Transaction implements View {
  readonly done: Promise<void>
  ended = false
  private finish = (): void => {}
  private readonly snapshot: Connection
  private readonly generation: number
  private readonly since: number
  private readonly held = new Set<string>()
  private readonly overlays = new Map<number, Overlay>()
  /** Collections that it makes, by their full names. */
  private readonly drafts = new Map<string, Collection>()

  constructor(
    private readonly store: Store,
    private readonly catalog: Catalog,
    private readonly documents: Documents,
    private readonly locks: Locks,
  ) {
    this.snapshot = store.openSnapshot()
    this.generation = catalog.now()
    this.since = locks.begin(this)
    this.done = new Promise((resolve) => {
      this.finish = resolve
    })
  }

  collection(db: string, name: string): Collection | undefined {
    return this.drafts.get(`${db}.${name}`) ?? this.catalog.find(db, name)
  }

  create(db: string, name: string, options: Doc): Collection {
    const draft = this.catalog.draft(db, name, options)
    this.lock(creationLock(db, name))
    this.drafts.set(draft.namespace, draft)
    return draft
  }

  addIndex(collection: Collection, spec: Doc): void {
    if (!this.isDraft(collection) || this.overlays.has(collection.id)) {
      throw new MongoError(
        'OperationNotSupportedInTransaction',
        `Cannot create new indexes on existing collection ${collection.namespace} in a multi-document transaction.`,
      )
    }
    collection.record.indexes.push(collection.newIndex(spec))
    collection.readIndexes(Number.POSITIVE_INFINITY)
  }

  indexes(collection: Collection): readonly Index[] {
    return collection.indexesIn(this.generation)
  }

  keepsOrder(collection: Collection): boolean {
    return !this.overlays.has(collection.id)
  }

  *scan(collection: Collection, plan: Plan, expected?: number): Generator<Entry> {
    const overlay = this.overlays.get(collection.id)
    if (this.sees(collection)) {
      for (const { id, body } of scan(this.snapshot, collection, plan, expected)) {
        if (!overlay?.changes.has(nameOf(id))) yield new Entry(id, body)
      }
    }
    for (const { entry } of [...(overlay?.changes.values() ?? [])]) if (entry) yield entry
  }

  count(collection: Collection): number {
    let count = 0
    for (const _ of this.scan(collection, { kind: 'table', reverse: false })) count++
    return count
  }

  /** What the transaction itself has changed has no keys yet. */
  countKeys(): undefined {
    return undefined
  }

  insert(collection: Collection, entry: Entry): void {
    this.lock(lockName(collection.table, entry.id))
    if (this.find(collection, entry.id)) throw duplicateKey(collection, undefined, entry.doc)
    this.claimKeys(collection, entry)
    this.change(collection, entry.id, entry)
  }

  replace(collection: Collection, before: Entry, after: Entry): void {
    this.lock(lockName(collection.table, after.id))
    this.claimKeys(collection, after)
    this.releaseKeys(collection, before, after)
    this.change(collection, after.id, after)
  }

  remove(collection: Collection, entry: Entry): void {
    this.lock(lockName(collection.table, entry.id))
    this.releaseKeys(collection, entry)
    this.change(collection, entry.id, null)
  }

  /**
   * Writes everything in one piece; `alongside` is written with it.
   * @throws MongoError WriteConflict when a collection it wrote to has been dropped meanwhile, or one it makes has been made
   */
  commit(alongside: () => void): void {
    this.store.atomically(() => {
      const made = new Map([...this.drafts.values()].map((draft) => [draft.id, this.make(draft)]))
      for (const overlay of this.overlays.values()) this.apply(overlay, made.get(overlay.collection.id))
      for (const name of this.held) this.locks.committed(name)
      alongside()
    })
    this.end()
  }

  abort(): void {
    this.end()
  }

  /** Whether it has changed nothing. */
  get readOnly(): boolean {
    return this.held.size === 0
  }

  private end(): void {
    this.ended = true
    this.store.closeSnapshot(this.snapshot)
    this.overlays.clear()
    this.locks.end(this, this.held)
    this.finish()
  }

  /** Removals go first, so that a unique key may pass from one document to another. */
  private apply({ collection, changes }: Overlay, made: Collection | undefined): void {
    const current = made ?? this.catalog.find(collection.db, collection.name)
    if (!current || (!made && current.id !== collection.id)) throw writeConflict()
    const all = [...changes.values()].map(({ id, entry }) => ({ id, entry, before: this.documents.find(current, id) }))
    for (const { before, entry } of all) if (before && !entry) this.documents.remove(current, before)
    this.documents.replaceAll(
      current,
      all.flatMap(({ before, entry }) => (before && entry ? [{ before, after: entry }] : [])),
    )
    for (const { before, entry } of all) {
      if (!before && entry) this.documents.insert(current, entry, this.documents.keysOf(current, entry.doc))
    }
  }

  private make({ db, name, record }: Collection): Collection {
    if (this.catalog.find(db, name)) throw writeConflict()
    const collection = this.catalog.create(db, name, record.options)
    for (const { spec } of record.indexes) this.documents.addIndex(collection, spec)
    return collection
  }

  private isDraft(collection: Collection): boolean {
    return this.drafts.get(collection.namespace) === collection
  }

  private sees(collection: Collection): boolean {
    return collection.created <= this.generation
  }

  private find(collection: Collection, id: Buffer): Entry | undefined {
    const changed = this.overlays.get(collection.id)?.changes.get(nameOf(id))
    if (changed) return changed.entry ?? undefined
    return this.sees(collection) ? findEntry(this.snapshot, collection, id) : undefined
  }

  private lock(name: string): void {
    this.locks.acquire(name, this, this.since)
    this.held.add(name)
  }

  private overlayOf(collection: Collection): Overlay {
    let overlay = this.overlays.get(collection.id)
    if (!overlay) {
      overlay = { collection, changes: new Map(), keys: new Map() }
      this.overlays.set(collection.id, overlay)
    }
    return overlay
  }

  private change(collection: Collection, id: Buffer, entry: Entry | null): void {
    this.overlayOf(collection).changes.set(nameOf(id), { id, entry })
  }

  private claimKeys(collection: Collection, entry: Entry): void {
    const { keys, changes } = this.overlayOf(collection)
    for (const [index, own] of this.documents.keysOf(collection, entry.doc)) {
      if (!index.unique) continue
      for (const key of own) {
        const name = lockName(index.table, key)
        this.lock(name)
        const claimant = keys.get(name)
        const owner = this.isDraft(collection) ? undefined : this.documents.ownerOf(collection, index, key)
        const elsewhere = owner && !owner.equals(entry.id) && !changes.has(nameOf(owner))
        if (elsewhere || (claimant !== undefined && claimant !== nameOf(entry.id)))
          throw duplicateKey(collection, index, entry.doc)
        keys.set(name, nameOf(entry.id))
      }
    }
  }

  /** The unique keys that a document no longer has are free to its own transaction, and locked to all others. */
  private releaseKeys(collection: Collection, before: Entry, after?: Entry): void {
    const { keys } = this.overlayOf(collection)
    const kept = after && this.documents.keysOf(collection, after.doc)
    for (const [index, own] of this.documents.uniqueKeysOf(collection, before.doc)) {
      if (!index.unique) continue
      for (const key of own) {
        if (kept?.get(index)?.some((other) => other.equals(key))) continue
        const name = lockName(index.table, key)
        this.lock(name)
        keys.delete(name)
      }
    }
  }
}
