import { encodeKey } from './bson/key.js'
import { type Doc, encode, isDoc, MAX_DOCUMENT_BYTES, Rank, rankOf } from './bson/values.js'
import { ClusterClock } from './cluster-clock.js'
import { MongoError } from './errors.js'
import { Catalog } from './storage/catalog.js'
import { Documents, Entry } from './storage/documents.js'
import { Locks } from './storage/locks.js'
import { Store } from './storage/store.js'
import { DirectView } from './storage/view.js'
import { Transaction } from './transaction.js'

/** The database of one data folder: everything that commands work on. */
export class Engine {
  readonly store: Store
  readonly clock = new ClusterClock()
  readonly catalog: Catalog
  readonly documents: Documents
  readonly direct: DirectView
  private readonly locks = new Locks()

  /** @throws DatabaseStartError */
  constructor(dataDir: string, log: (message: string) => void = () => {}) {
    const memory = { lost: () => this.catalog.reload(), committed: () => this.catalog.settle() }
    this.store = new Store(dataDir, memory, log)
    this.catalog = new Catalog(this.store.main)
    this.documents = new Documents(this.store.main, this.catalog)
    this.direct = new DirectView(this.store.main, this.catalog, this.documents, this.locks)
  }

  begin(): Transaction {
    return new Transaction(this.store, this.catalog, this.documents, this.locks)
  }

  close(): void {
    this.store.close()
  }
}

/**
 * A document as it is stored.
 * @throws MongoError Location53 or DollarPrefixedFieldName for what cannot be an _id, BSONObjectTooLarge above 16 MiB
 */
export function toEntry(doc: Doc, raw: Buffer = encode(doc)): Entry {
  checkId(doc._id)
  if (raw.length > MAX_DOCUMENT_BYTES) {
    throw new MongoError(
      'BSONObjectTooLarge',
      `BSONObj size: ${raw.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}`,
    )
  }
  return new Entry(encodeKey(doc._id), raw, doc)
}

function checkId(id: unknown): void {
  const refused = REFUSED_IDS[rankOf(id)]
  if (refused) throw new MongoError('Location53', `The '_id' value cannot be of type ${refused}`)
  const operator = isDoc(id) ? Object.keys(id).find((name) => name.startsWith('$')) : undefined
  if (operator) {
    throw new MongoError(
      'DollarPrefixedFieldName',
      `_id fields may not contain '$'-prefixed fields: ${operator} is not valid for storage.`,
    )
  }
}

const REFUSED_IDS: Readonly<Record<number, string>> = {
  [Rank.Undefined]: 'undefined',
  [Rank.Array]: 'array',
  [Rank.RegExp]: 'regex',
}
