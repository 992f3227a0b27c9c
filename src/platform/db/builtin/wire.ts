import { type Doc, decode } from './bson/values.js'

/** Largest message that is read, in bytes: MongoDB's own limit. */
export const MAX_MESSAGE_BYTES = 48_000_000

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEADER_BYTES = 16
const CHECKSUM_PRESENT = 1
const MORE_TO_COME = 2

/** A command as it arrived. `sequences` holds the documents that were sent beside the body, still as BSON. */
export interface Request {
  id: number
  /** The handshake of old, which must be answered in kind. */
  legacy: boolean
  body: Doc
  sequences: ReadonlyMap<string, readonly Buffer[]>
  /** The client does not want an answer. */
  silent: boolean
}

export class ProtocolError extends Error {}

/** Cuts a stream of bytes into messages. */
export class Framer {
  private chunks: Buffer[] = []
  private size = 0

  /**
   * @param limit the largest message that is taken at present, in bytes
   * @throws ProtocolError for a length that no message has, or a larger one
   */
  push(chunk: Buffer, limit = MAX_MESSAGE_BYTES): Buffer[] {
    this.chunks.push(chunk)
    this.size += chunk.length
    const messages: Buffer[] = []
    for (let length = this.nextLength(limit); length > 0 && this.size >= length; length = this.nextLength(limit)) {
      const all = this.chunks.length === 1 && this.chunks[0] ? this.chunks[0] : Buffer.concat(this.chunks)
      messages.push(all.subarray(0, length))
      this.chunks = all.length > length ? [all.subarray(length)] : []
      this.size -= length
    }
    return messages
  }

  private nextLength(limit: number): number {
    if (this.size < 4) return 0
    if ((this.chunks[0]?.length ?? 0) < 4) this.chunks = [Buffer.concat(this.chunks)]
    const length = this.chunks[0]?.readInt32LE(0) ?? 0
    if (length < HEADER_BYTES || length > limit) throw new ProtocolError(`message of ${length} bytes`)
    return length
  }
}

/** @throws ProtocolError, or an error of `bson`, for what is no message */
export function parseRequest(message: Buffer): Request {
  const id = message.readInt32LE(4)
  const operation = message.readInt32LE(12)
  if (operation === OP_MSG) return parseMessage(id, message)
  if (operation === OP_QUERY) return parseQuery(id, message)
  throw new ProtocolError(`operation ${operation}`)
}

function parseMessage(id: number, message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER_BYTES)
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0)
  let body: Doc | undefined
  const sequences = new Map<string, Buffer[]>()
  for (let at = HEADER_BYTES + 4; at < end; ) {
    const kind = message[at]
    const size = message.readInt32LE(at + 1)
    const section = message.subarray(at + 1, at + 1 + size)
    if (size < 5 || section.length < size) throw new ProtocolError('section beyond the message')
    if (kind === 0) body = decode(section)
    else if (kind === 1) {
      const nameEnd = section.indexOf(0, 4)
      sequences.set(section.toString('utf8', 4, nameEnd), documentsIn(section.subarray(nameEnd + 1)))
    } else throw new ProtocolError(`section of kind ${kind}`)
    at += 1 + size
  }
  if (!body) throw new ProtocolError('message without a body')
  return { id, legacy: false, body, sequences, silent: (flags & MORE_TO_COME) !== 0 }
}

function documentsIn(bytes: Buffer): Buffer[] {
  const documents: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readInt32LE(at)
    if (size < 5) throw new ProtocolError('document without length')
    documents.push(bytes.subarray(at, at + size))
    at += size
  }
  return documents
}

function parseQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4)
  const name = message.toString('utf8', HEADER_BYTES + 4, nameEnd)
  const start = nameEnd + 1 + 8
  const body = decode(message.subarray(start, start + message.readInt32LE(start)))
  return { id, legacy: true, body: { ...body, $db: name.replace(/\.\$cmd$/, '') }, sequences: new Map(), silent: false }
}

let nextId = 1

/** Frames an answer to a request. */
export function frameReply(request: Request, reply: Uint8Array): Buffer {
  const prefix = request.legacy ? 20 : 5
  const frame = Buffer.alloc(HEADER_BYTES + prefix + reply.length)
  frame.writeInt32LE(frame.length, 0)
  frame.writeInt32LE(nextId, 4)
  frame.writeInt32LE(request.id, 8)
  frame.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12)
  if (request.legacy) {
    frame.writeInt32LE(AWAIT_CAPABLE, HEADER_BYTES)
    frame.writeInt32LE(1, HEADER_BYTES + 16)
  }
  frame.set(reply, HEADER_BYTES + prefix)
  nextId = (nextId % 0x7fffffff) + 1
  return frame
}

const AWAIT_CAPABLE = 8
