import type { Doc } from '../bson/values.js'
import type { Catalog } from './catalog.js'
import type { Collection } from './collection.js'
import { type DocumentKeys, type Documents, Entry } from './documents.js'
import { duplicateKey } from './duplicate.js'
import type { Index } from './indexes.js'
import { creationLock, type Locks, lockName } from './locks.js'
import type { Plan } from './planner.js'
import { countKeys, scan } from './scan.js'
import type { Connection } from './sqlite.js'

/** How a command sees and changes documents: directly, or within a transaction. */
export interface View {
  collection(db: string, name: string): Collection | undefined
  /** @throws MongoError InvalidNamespace, WriteConflict */
  create(db: string, name: string, options: Doc): Collection
  /** @throws MongoError OperationNotSupportedInTransaction for a collection that the transaction has not made */
  addIndex(collection: Collection, spec: Doc): void
  /** The indexes that plans may use. */
  indexes(collection: Collection): readonly Index[]
  /** Whether documents come in the order of the plan, or changes of a transaction are added behind them. */
  keepsOrder(collection: Collection): boolean
  /** @param expected how many documents will probably be asked for */
  scan(collection: Collection, plan: Plan, expected?: number): Iterable<Entry>
  count(collection: Collection): number
  /** How many documents a plan finds, by its keys alone; undefined where they have to be looked at. */
  countKeys(collection: Collection, plan: Plan): number | undefined
  /** @throws MongoError DuplicateKey, WriteConflict */
  insert(collection: Collection, entry: Entry): void
  /** @throws MongoError DuplicateKey, WriteConflict */
  replace(collection: Collection, before: Entry, after: Entry): void
  /** @throws MongoError WriteConflict */
  remove(collection: Collection, entry: Entry): void
}

/** The collection a write goes to, made on first use. */
export const collectionForWrite = (view: View, db: string, name: string): Collection =>
  view.collection(db, name) ?? view.create(db, name, {})

/** Outside transactions: writes apply at once and wait for transactions that have changed the same documents. */
export class DirectView implements View {
  constructor(
    private readonly connection: Connection,
    private readonly catalog: Catalog,
    private readonly documents: Documents,
    private readonly locks: Locks,
  ) {}

  collection(db: string, name: string): Collection | undefined {
    return this.catalog.find(db, name)
  }

  create(db: string, name: string, options: Doc): Collection {
    this.locks.pass(creationLock(db, name))
    return this.catalog.create(db, name, options)
  }

  addIndex(collection: Collection, spec: Doc): void {
    this.documents.addIndex(collection, spec)
  }

  indexes(collection: Collection): readonly Index[] {
    return collection.indexes
  }

  keepsOrder(): boolean {
    return true
  }

  *scan(collection: Collection, plan: Plan, expected?: number): Generator<Entry> {
    for (const { id, body } of scan(this.connection, collection, plan, expected)) yield new Entry(id, body)
  }

  count(collection: Collection): number {
    return this.documents.count(collection)
  }

  countKeys(collection: Collection, plan: Plan): number | undefined {
    return plan.kind === 'index' && plan.exact ? countKeys(this.connection, collection, plan) : undefined
  }

  insert(collection: Collection, entry: Entry): void {
    const keys = this.claim(collection, entry)
    this.documents.insert(collection, entry, keys)
    this.note(collection, entry.id, keys)
  }

  replace(collection: Collection, before: Entry, after: Entry): void {
    const keys = this.claim(collection, after)
    const old = this.locks.anyOpen ? this.documents.keysOf(collection, before.doc) : new Map<Index, Buffer[]>()
    this.documents.replaceAll(collection, [{ before, after }])
    this.note(collection, after.id, keys)
    this.note(collection, after.id, old)
  }

  remove(collection: Collection, entry: Entry): void {
    this.locks.pass(lockName(collection.table, entry.id))
    const old = this.locks.anyOpen ? this.documents.keysOf(collection, entry.doc) : new Map<Index, Buffer[]>()
    this.documents.remove(collection, entry)
    this.note(collection, entry.id, old)
  }

  /** The keys of a document, once it is sure that no one else has them. */
  private claim(collection: Collection, entry: Entry): DocumentKeys {
    this.locks.pass(lockName(collection.table, entry.id))
    const keys = this.documents.keysOf(collection, entry.doc)
    for (const [index, own] of keys) {
      if (!index.unique) continue
      for (const key of own) {
        this.locks.pass(lockName(index.table, key))
        const owner = this.documents.ownerOf(collection, index, key)
        if (owner && !owner.equals(entry.id)) throw duplicateKey(collection, index, entry.doc)
      }
    }
    return keys
  }

  private note(collection: Collection, id: Buffer, keys: DocumentKeys): void {
    if (!this.locks.anyOpen) return
    this.locks.committed(lockName(collection.table, id))
    for (const [index, own] of keys) {
      if (index.unique) for (const key of own) this.locks.committed(lockName(index.table, key))
    }
  }
}
