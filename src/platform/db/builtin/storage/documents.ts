import { type Doc, decode } from '../bson/values.js'
import type { Catalog } from './catalog.js'
import type { Collection } from './collection.js'
import { duplicateKey } from './duplicate.js'
import { Index } from './indexes.js'
import { type Connection, isUniqueViolation } from './sqlite.js'

/** A document as it was read, decoded when first asked for. */
export class Entry {
  private decoded: Doc | undefined

  constructor(
    /** The encoding of its _id. */
    readonly id: Buffer,
    readonly raw: Buffer,
    doc?: Doc,
  ) {
    this.decoded = doc
  }

  get doc(): Doc {
    this.decoded ??= decode(this.raw)
    return this.decoded
  }
}

/** Index keys of a document, by index. */
export type DocumentKeys = Map<Index, Buffer[]>

/**
 * Rows of documents and of their indexes, always changed together. Callers have checked for conflicts; SQLite's own unique
 * keys stand behind that as a second guard.
 */
export class Documents {
  /** A transaction asks for the keys of what it writes several times, the last time when it commits. */
  private readonly known = new WeakMap<Doc, { indexes: readonly Index[]; keys: DocumentKeys }>()

  constructor(
    private readonly connection: Connection,
    private readonly catalog: Catalog,
  ) {}

  find(collection: Collection, id: Buffer): Entry | undefined {
    return findEntry(this.connection, collection, id)
  }

  count(collection: Collection): number {
    return Number(this.connection.get(`SELECT count(*) FROM ${collection.table}`)?.[0])
  }

  /** @throws MongoError DuplicateKey when the _id is taken */
  insert(collection: Collection, entry: Entry, keys: DocumentKeys): void {
    const row = this.insertRow(collection, entry)
    this.addKeys(row, keys)
  }

  /** Replaces documents by others of the same _id; unique keys may pass from one to another among them. */
  replaceAll(collection: Collection, pairs: readonly { before: Entry; after: Entry }[]): void {
    const steps = pairs.map(({ before, after }) => {
      const row = this.rowOf(collection, before.id)
      const old = this.keysOf(collection, before.doc)
      const keys = this.keysOf(collection, after.doc)
      this.removeKeys(row, difference(old, keys))
      return { row, raw: after.raw, added: difference(keys, old) }
    })
    for (const { row, raw, added } of steps) {
      this.connection.run(`UPDATE ${collection.table} SET body = ? WHERE row = ?`, raw, row)
      this.addKeys(row, added)
    }
  }

  remove(collection: Collection, entry: Entry): void {
    const row = this.rowOf(collection, entry.id)
    this.removeKeys(row, this.keysOf(collection, entry.doc))
    this.connection.run(`DELETE FROM ${collection.table} WHERE row = ?`, row)
  }

  /**
   * The keys of a document in every index; notes when an index becomes multikey by it.
   * @throws MongoError CannotIndexParallelArrays
   */
  keysOf(collection: Collection, doc: Doc): DocumentKeys {
    const known = this.known.get(doc)
    if (known?.indexes === collection.indexes) return known.keys
    const keys = this.keysIn(collection, doc, collection.indexes)
    this.known.set(doc, { indexes: collection.indexes, keys })
    return keys
  }

  /** The keys of a document in the unique indexes alone. */
  uniqueKeysOf(collection: Collection, doc: Doc): DocumentKeys {
    const known = this.known.get(doc)
    if (known?.indexes === collection.indexes) return known.keys
    return this.keysIn(
      collection,
      doc,
      collection.indexes.filter(({ unique }) => unique),
    )
  }

  private keysIn(collection: Collection, doc: Doc, indexes: readonly Index[]): DocumentKeys {
    const all: DocumentKeys = new Map()
    for (const index of indexes) {
      const { keys, array } = index.keysOf(doc)
      if (array && !index.record.multikey) {
        index.record.multikey = true
        this.catalog.saveQuietly(collection)
      }
      all.set(index, keys)
    }
    return all
  }

  /** The _id of the document that has a key in a unique index. */
  ownerOf(collection: Collection, index: Index, key: Buffer): Buffer | undefined {
    const sql = `SELECT d.id FROM ${index.table} k CROSS JOIN ${collection.table} d ON d.row = k.row WHERE k.key = ?`
    return this.connection.get(sql, key)?.[0] as Buffer | undefined
  }

  /** Makes an index of the documents there are. */
  addIndex(collection: Collection, spec: Doc): void {
    const record = collection.newIndex(spec)
    this.buildIndex(collection, new Index(record, collection.id))
    collection.record.indexes.push(record)
    this.catalog.save(collection)
  }

  private buildIndex(collection: Collection, index: Index): void {
    this.connection.exec(
      `CREATE TABLE ${index.table} (key BLOB NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (${index.unique ? 'key' : 'key, row'})) WITHOUT ROWID`,
    )
    let last = 0
    for (;;) {
      const page = this.connection.all(
        `SELECT row, body FROM ${collection.table} WHERE row > ? ORDER BY row LIMIT 500`,
        last,
      )
      for (const [row, body] of page) this.indexRow(collection, index, Number(row), decode(body as Buffer))
      if (page.length < 500) return
      last = Number(page.at(-1)?.[0])
    }
  }

  dropIndex(index: Index): void {
    this.connection.exec(`DROP TABLE ${index.table}`)
  }

  private indexRow(collection: Collection, index: Index, row: number, doc: Doc): void {
    const { keys, array } = index.keysOf(doc)
    if (array) index.record.multikey = true
    try {
      this.addKeys(row, new Map([[index, keys]]))
    } catch (error) {
      throw isUniqueViolation(error) ? duplicateKey(collection, index, doc) : error
    }
  }

  private insertRow(collection: Collection, entry: Entry): number {
    try {
      return this.connection.run(`INSERT INTO ${collection.table} (id, body) VALUES (?, ?)`, entry.id, entry.raw).rowId
    } catch (error) {
      throw isUniqueViolation(error) ? duplicateKey(collection, undefined, entry.doc) : error
    }
  }

  private rowOf(collection: Collection, id: Buffer): number {
    return Number(this.connection.get(`SELECT row FROM ${collection.table} WHERE id = ?`, id)?.[0])
  }

  private addKeys(row: number, all: DocumentKeys): void {
    for (const [index, keys] of all) {
      for (const key of keys) this.connection.run(`INSERT INTO ${index.table} (key, row) VALUES (?, ?)`, key, row)
    }
  }

  private removeKeys(row: number, all: DocumentKeys): void {
    for (const [index, keys] of all) {
      for (const key of keys) this.connection.run(`DELETE FROM ${index.table} WHERE key = ? AND row = ?`, key, row)
    }
  }
}

export function findEntry(connection: Connection, collection: Collection, id: Buffer): Entry | undefined {
  const found = connection.get(`SELECT body FROM ${collection.table} WHERE id = ?`, id)
  return found && new Entry(id, found[0] as Buffer)
}

function difference(from: DocumentKeys, without: DocumentKeys): DocumentKeys {
  return new Map(
    [...from].map(([index, keys]) => {
      const others = without.get(index) ?? []
      return [index, keys.filter((key) => !others.some((other) => other.equals(key)))]
    }),
  )
}
