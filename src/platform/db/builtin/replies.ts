import { Binary, Long, type Timestamp } from 'bson'
import { type Doc, encode } from './bson/values.js'

/** Documents of a cursor on their way out: they are put into the reply as the bytes they were stored as. */
export interface CursorBatch {
  id: number
  ns: string
  field: 'firstBatch' | 'nextBatch'
  batch: readonly Uint8Array[]
  /** Of the snapshot that is read, if one is. */
  atClusterTime: Timestamp | undefined
}

/** What a command answers. */
export type Reply = Doc | BatchReply

export class BatchReply {
  constructor(readonly cursor: CursorBatch) {}
}

/** The bytes of a reply, with the time of what it tells at its end. */
export function encodeReply(reply: Reply, time: Timestamp): Buffer {
  const content = reply instanceof BatchReply ? batchOf(reply.cursor) : [fieldsIn(reply)]
  return Buffer.concat(document([...content, timeFields(time)]))
}

function batchOf({ id, ns, field, batch, atClusterTime }: CursorBatch): Uint8Array[] {
  const elements = batch.flatMap((raw, i) => [Buffer.from(`\x03${i}\0`, 'latin1'), raw])
  const rest = fieldsIn({ id: Long.fromNumber(id), ns, atClusterTime })
  return [...element(3, 'cursor', [...element(4, field, elements), rest]), fieldsIn({ ok: 1 })]
}

const UNSIGNED = { hash: new Binary(Buffer.alloc(20)), keyId: Long.ZERO }
let told: { time: Timestamp; fields: Buffer } | undefined

/** Many replies tell of one time. */
function timeFields(time: Timestamp): Buffer {
  if (!told?.time.equals(time)) {
    const clusterTime = { clusterTime: time, signature: UNSIGNED }
    told = { time, fields: fieldsIn({ $clusterTime: clusterTime, operationTime: time }) }
  }
  return told.fields
}

/** The elements of a document without its length and final zero. */
const fieldsIn = (doc: Doc): Buffer => encode(doc).subarray(4, -1)

function document(content: readonly Uint8Array[]): Uint8Array[] {
  const length = Buffer.alloc(4)
  length.writeInt32LE(content.reduce((sum, part) => sum + part.length, 5))
  return [length, ...content, Buffer.alloc(1)]
}

function element(type: number, name: string, content: readonly Uint8Array[]): Uint8Array[] {
  return [Buffer.from(`${String.fromCharCode(type)}${name}\0`, 'latin1'), ...document(content)]
}
