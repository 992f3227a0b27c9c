import { join } from 'node:path'
import Database from 'libsql'
import { entry } from './documents.js'

/**
 * The same entries in plain SQLite, in this process, as durable: WAL, a synchronised commit for every write, three indexes. What
 * is between this and the built-in database is the price of MongoDB's protocol, documents and a process of its own, and the
 * gain of commits that are shared.
 */
export class PlainSqlite {
  private readonly database: Database.Database
  private readonly insert: Database.Statement
  private next = 0

  constructor(folder: string) {
    this.database = new Database(join(folder, 'plain.sqlite'))
    this.database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE entries (id INTEGER PRIMARY KEY, number INTEGER UNIQUE, district INTEGER, at INTEGER, body TEXT NOT NULL);
      CREATE INDEX district_at ON entries (district, at DESC);
      CREATE TABLE services (service INTEGER, id INTEGER, PRIMARY KEY (service, id)) WITHOUT ROWID`)
    this.insert = this.database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?)')
  }

  fill(count: number): void {
    this.database.exec('BEGIN')
    while (this.next < count) this.put()
    this.database.exec('COMMIT')
  }

  /** Writes one after another, each in a transaction, for some time. @returns how many a second */
  writesPerSecond(ms: number): number {
    const began = performance.now()
    let written = 0
    while (performance.now() - began < ms) {
      this.database.exec('BEGIN')
      this.put()
      this.database.exec('COMMIT')
      written++
    }
    return (written * 1000) / (performance.now() - began)
  }

  close(): void {
    this.database.close()
  }

  private put(): void {
    const n = this.next++
    const { district, at, services, ...rest } = entry(n)
    this.insert.run(n, n, district, at.getTime(), JSON.stringify(rest))
    const own = this.database.prepare('INSERT OR IGNORE INTO services VALUES (?, ?)')
    for (const service of services) own.run(service, n)
  }
}
