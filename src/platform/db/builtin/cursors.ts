import type { Timestamp } from 'bson'
import { MongoError } from './errors.js'
import { BatchReply } from './replies.js'
import type { Transaction } from './transaction.js'

/** As MongoDB: a first batch of 101 documents, any batch below 16 MiB, and ten minutes of idleness. */
const FIRST_BATCH = 101
const MAX_BATCH_BYTES = 16 * 1024 * 1024
const IDLE_MS = 10 * 60_000

interface OpenCursor {
  id: number
  ns: string
  documents: Iterator<Uint8Array>
  /** The document that was read to see whether there is one more. */
  ahead: Uint8Array | undefined
  transaction: Transaction | undefined
  session: string | undefined
  usedAt: number
  patient: boolean
}

export interface CursorSpec {
  ns: string
  documents: Iterable<Uint8Array>
  batchSize?: number | undefined
  /** Close it after the first batch, whatever is left. */
  singleBatch?: boolean
  transaction?: Transaction | undefined
  /** When the snapshot was taken that it reads, if it reads one. */
  atClusterTime?: Timestamp | undefined
  session?: string | undefined
  /** Never time out. */
  patient?: boolean
}

/** Results that are fetched in batches. Documents are read when they are asked for. */
export class Cursors {
  private readonly open = new Map<number, OpenCursor>()
  private nextId = 1

  /** @returns the reply with the first batch */
  start(spec: CursorSpec): BatchReply {
    const documents = spec.documents[Symbol.iterator]()
    const cursor: OpenCursor = {
      id: this.nextId,
      ns: spec.ns,
      documents,
      ahead: documents.next().value,
      transaction: spec.transaction,
      session: spec.session,
      usedAt: Date.now(),
      patient: spec.patient ?? false,
    }
    const batch = take(cursor, spec.batchSize ?? FIRST_BATCH)
    const more = cursor.ahead !== undefined && !spec.singleBatch
    if (more) this.open.set(this.nextId++, cursor)
    else documents.return?.()
    const { ns, atClusterTime } = spec
    return new BatchReply({ id: more ? cursor.id : 0, ns, field: 'firstBatch', batch, atClusterTime })
  }

  /** @throws MongoError CursorNotFound */
  next(id: number, batchSize: number | undefined): BatchReply {
    const cursor = this.open.get(id)
    if (!cursor || cursor.transaction?.ended) {
      this.open.delete(id)
      throw new MongoError('CursorNotFound', `cursor id ${id} not found`)
    }
    cursor.usedAt = Date.now()
    const batch = take(cursor, batchSize || Number.POSITIVE_INFINITY)
    const more = cursor.ahead !== undefined
    if (!more) this.open.delete(id)
    return new BatchReply({ id: more ? id : 0, ns: cursor.ns, field: 'nextBatch', batch, atClusterTime: undefined })
  }

  /** @returns whether there was such a cursor */
  kill(id: number): boolean {
    this.open.get(id)?.documents.return?.()
    return this.open.delete(id)
  }

  killOfSession(session: string): void {
    for (const cursor of this.open.values()) if (cursor.session === session) this.kill(cursor.id)
  }

  killIdle(now: number): void {
    for (const cursor of this.open.values()) {
      if (cursor.transaction?.ended || (!cursor.patient && now - cursor.usedAt > IDLE_MS)) this.kill(cursor.id)
    }
  }
}

function take(cursor: OpenCursor, size: number): Uint8Array[] {
  const batch: Uint8Array[] = []
  let bytes = 0
  while (
    cursor.ahead !== undefined &&
    batch.length < size &&
    (batch.length === 0 || bytes + cursor.ahead.length < MAX_BATCH_BYTES)
  ) {
    batch.push(cursor.ahead)
    bytes += cursor.ahead.length
    cursor.ahead = cursor.documents.next().value
  }
  return batch
}
