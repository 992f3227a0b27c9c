import type { Timestamp } from 'bson'
import type { ClusterClock } from './cluster-clock.js'
import { MongoError } from './errors.js'
import type { Catalog } from './storage/catalog.js'
import type { Collection } from './storage/collection.js'
import { Entry } from './storage/documents.js'
import type { Index } from './storage/indexes.js'
import type { Plan } from './storage/planner.js'
import { scan } from './storage/scan.js'
import type { Store } from './storage/store.js'
import type { View } from './storage/view.js'

/** A snapshot that nobody reads is given up, so that the log it holds back does not grow for ever; in milliseconds. */
const IDLE_MS = 5 * 60_000

/** Every document as it was at one moment, for reading alone. What is written meanwhile waits for nothing. */
class Snapshot implements View {
  usedAt = Date.now()
  private closed = false
  private readonly connection
  private readonly generation: number

  constructor(
    readonly time: Timestamp,
    readonly session: string,
    private readonly store: Store,
    private readonly catalog: Catalog,
  ) {
    this.connection = store.openSnapshot(true)
    this.generation = catalog.now()
  }

  close(): void {
    this.closed = true
    this.store.closeSnapshot(this.connection)
  }

  collection(db: string, name: string): Collection | undefined {
    return this.catalog.find(db, name)
  }

  indexes(collection: Collection): readonly Index[] {
    return collection.indexesIn(this.generation)
  }

  keepsOrder(): boolean {
    return true
  }

  *scan(collection: Collection, plan: Plan, expected?: number): Generator<Entry> {
    if (collection.created > this.generation) return
    for (const { id, body } of scan(this.connection, collection, plan, expected)) {
      yield new Entry(id, body)
      // A cursor may come back when the snapshot is gone.
      if (this.closed) throw tooOld()
      this.usedAt = Date.now()
    }
  }

  count(collection: Collection): number {
    if (collection.created > this.generation) return 0
    return Number(this.connection.get(`SELECT count(*) FROM ${collection.table}`)?.[0])
  }

  countKeys(): undefined {
    return undefined
  }

  create(): never {
    throw readOnly()
  }

  addIndex(): never {
    throw readOnly()
  }

  insert(): never {
    throw readOnly()
  }

  replace(): never {
    throw readOnly()
  }

  remove(): never {
    throw readOnly()
  }
}

/** The snapshots that sessions read: a session's first read takes one, and its later ones name it by its time. */
export class Snapshots {
  private readonly open = new Map<bigint, Snapshot>()

  constructor(
    private readonly store: Store,
    private readonly catalog: Catalog,
    private readonly clock: ClusterClock,
  ) {}

  take(session: string): Snapshot {
    // Drivers give the id of a session that is over to the next.
    this.closeOf(session)
    const time = this.clock.tick()
    const snapshot = new Snapshot(time, session, this.store, this.catalog)
    this.open.set(time.toBigInt(), snapshot)
    return snapshot
  }

  /** @throws MongoError SnapshotTooOld once it has been given up */
  at(time: Timestamp): Snapshot {
    const snapshot = this.open.get(time.toBigInt())
    if (!snapshot) throw tooOld()
    snapshot.usedAt = Date.now()
    return snapshot
  }

  closeOf(session: string): void {
    this.closeWhere((snapshot) => snapshot.session === session)
  }

  closeIdle(now: number): void {
    this.closeWhere(({ usedAt }) => now - usedAt > IDLE_MS)
  }

  close(): void {
    this.closeWhere(() => true)
  }

  private closeWhere(over: (snapshot: Snapshot) => boolean): void {
    for (const [time, snapshot] of this.open) {
      if (!over(snapshot)) continue
      this.open.delete(time)
      snapshot.close()
    }
  }
}

const tooOld = () => new MongoError('SnapshotTooOld', 'Read timestamp is older than the oldest available timestamp.')
const readOnly = () => new MongoError('InvalidOptions', "read concern 'snapshot' is for reading alone")
