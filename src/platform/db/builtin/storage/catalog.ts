import { UUID } from 'bson'
import { type Doc, decode, encode } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { Collection, type CollectionRecord } from './collection.js'
import type { Connection } from './sqlite.js'

/** The collections that exist, in memory and in the table they are read from. */
export class Catalog {
  private collections = new Map<string, Collection>()
  /** Whether memory may be ahead of what is committed. Set before a write, which may fail when memory already has it. */
  private changed = false
  /** Grows with every change of structure: an open transaction sees nothing made after it began. */
  private generation = 0
  /** Drafts are numbered downwards, so that none has the number of a collection. */
  private drafts = 0

  constructor(private readonly main: Connection) {
    this.load()
  }

  find(db: string, name: string): Collection | undefined {
    return this.collections.get(`${db}.${name}`)
  }

  inDatabase(db: string): Collection[] {
    return this.all().filter((collection) => collection.db === db)
  }

  all(): Collection[] {
    return [...this.collections.values()]
  }

  now(): number {
    return this.generation
  }

  /**
   * A collection that is not there yet: a transaction has it to itself, and makes it when it commits.
   * @throws MongoError InvalidNamespace
   */
  draft(db: string, name: string, options: Doc): Collection {
    checkNames(db, name)
    return new Collection(--this.drafts, db, name, newRecord(options), Number.POSITIVE_INFINITY)
  }

  /** @throws MongoError InvalidNamespace */
  create(db: string, name: string, options: Doc): Collection {
    checkNames(db, name)
    this.changed = true
    const record = newRecord(options)
    const { rowId } = this.main.run(
      'INSERT INTO collections (db, name, spec) VALUES (?, ?, ?)',
      db,
      name,
      encode({ ...record }),
    )
    const collection = new Collection(rowId, db, name, record, ++this.generation)
    this.main.exec(
      `CREATE TABLE ${collection.table} (row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, body BLOB NOT NULL)`,
    )
    this.collections.set(collection.namespace, collection)
    return collection
  }

  drop(collection: Collection): void {
    this.changed = true
    for (const index of collection.indexes) this.main.exec(`DROP TABLE ${index.table}`)
    this.main.exec(`DROP TABLE ${collection.table}`)
    this.main.run('DELETE FROM collections WHERE id = ?', collection.id)
    this.collections.delete(collection.namespace)
  }

  /** Gives a collection another name; documents and indexes stay where they are. */
  rename(collection: Collection, db: string, name: string): void {
    checkNames(db, name)
    this.changed = true
    this.main.run('UPDATE collections SET db = ?, name = ? WHERE id = ?', db, name, collection.id)
    this.load()
  }

  /** Writes down a change of a collection's indexes or options. */
  save(collection: Collection): void {
    this.changed = true
    this.main.run('UPDATE collections SET spec = ? WHERE id = ?', encode({ ...collection.record }), collection.id)
    collection.readIndexes(++this.generation)
  }

  /** Notes that an index has become multikey, without making it new to open transactions. */
  saveQuietly(collection: Collection): void {
    this.changed = true
    this.main.run('UPDATE collections SET spec = ? WHERE id = ?', encode({ ...collection.record }), collection.id)
  }

  /** After writes were taken back: what is on the disk counts. Others of the same commit may yet be taken back as well. */
  reload(): void {
    if (this.changed) this.load()
  }

  /** All that was written is committed. */
  settle(): void {
    this.changed = false
  }

  private load(): void {
    this.generation++
    const before = new Map(this.all().map((collection) => [collection.id, collection]))
    this.collections = new Map()
    for (const [id, db, name, spec] of this.main.all('SELECT id, db, name, spec FROM collections ORDER BY id')) {
      const record = decode(spec as Buffer) as unknown as CollectionRecord
      const known = before.get(Number(id))
      const collection = new Collection(Number(id), String(db), String(name), record, this.generation, known)
      this.collections.set(collection.namespace, collection)
    }
  }
}

const newRecord = (options: Doc): CollectionRecord => ({ uuid: new UUID(), options, indexes: [], nextIndexId: 1 })

function checkNames(db: string, name: string): void {
  if (
    !name ||
    name.includes('\0') ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    name.includes('$') ||
    Buffer.byteLength(`${db}.${name}`) > 255
  ) {
    throw new MongoError('InvalidNamespace', `Invalid namespace specified '${db}.${name}'`)
  }
  if (!db || /[/\\. "$*<>:|?\0]/.test(db)) throw new MongoError('InvalidNamespace', `Invalid database name: '${db}'`)
}
