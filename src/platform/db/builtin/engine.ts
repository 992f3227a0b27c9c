import { encodeKey } from './bson/key.js'
import { type Doc, encode, MAX_DOCUMENT_BYTES } from './bson/values.js'
import { MongoError } from './errors.js'
import { Catalog } from './storage/catalog.js'
import type { Collection } from './storage/collection.js'
import { Documents, Entry } from './storage/documents.js'
import { Locks } from './storage/locks.js'
import { Store } from './storage/store.js'
import { DirectView } from './storage/view.js'
import { Transaction } from './transaction.js'

/** The database of one data folder: everything that commands work on. */
export class Engine {
  readonly store: Store
  readonly catalog: Catalog
  readonly documents: Documents
  readonly direct: DirectView
  private readonly locks = new Locks()

  /** @throws DatabaseStartError */
  constructor(dataDir: string) {
    this.store = new Store(dataDir, () => this.catalog.reload())
    this.catalog = new Catalog(this.store.main)
    this.documents = new Documents(this.store.main, this.catalog)
    this.direct = new DirectView(this.store.main, this.documents, this.locks)
  }

  begin(): Transaction {
    return new Transaction(this.store, this.catalog, this.documents, this.locks)
  }

  /** The collection a write goes to, made on first use. */
  collectionForWrite(db: string, name: string): Collection {
    return this.catalog.find(db, name) ?? this.store.atomically(() => this.catalog.create(db, name, {}))
  }

  close(): void {
    this.store.close()
  }
}

/**
 * A document as it is stored.
 * @throws MongoError BadValue for an _id that cannot be one, BSONObjectTooLarge above 16 MiB
 */
export function toEntry(doc: Doc, raw: Buffer = encode(doc)): Entry {
  const { _id } = doc
  if (
    Array.isArray(_id) ||
    _id instanceof RegExp ||
    (_id as { _bsontype?: string } | null)?._bsontype === 'BSONRegExp' ||
    _id === undefined
  ) {
    const type = Array.isArray(_id) ? 'array' : _id === undefined ? 'undefined' : 'regex'
    throw new MongoError('Location53', `The '_id' value cannot be of type ${type}`)
  }
  if (raw.length > MAX_DOCUMENT_BYTES) {
    throw new MongoError(
      'BSONObjectTooLarge',
      `BSONObj size: ${raw.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}`,
    )
  }
  return new Entry(encodeKey(_id), raw, doc)
}
