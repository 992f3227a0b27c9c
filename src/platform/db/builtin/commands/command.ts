import type { Timestamp } from 'bson'
import type { Doc } from '../bson/values.js'
import type { Cursors } from '../cursors.js'
import type { Engine } from '../engine.js'
import { MongoError } from '../errors.js'
import type { Reply } from '../replies.js'
import type { Gate } from '../scram.js'
import type { Sessions } from '../sessions.js'
import type { View } from '../storage/view.js'
import type { Transaction } from '../transaction.js'

/** Who sends commands over one connection. */
export interface Peer {
  /** Number of the connection. */
  id: number
  /** What the client calls itself. */
  appName?: unknown
  /** Where the client must show first that it knows the password. */
  gate?: Gate
}

/** What a command works with. */
export interface CommandContext {
  engine: Engine
  cursors: Cursors
  sessions: Sessions
  db: string
  peer: Peer
  /** Where this server is reached. */
  address: string
  /** The session's id in hexadecimal digits. */
  session: string | undefined
  /** How documents are seen and changed: within the transaction if there is one. */
  view: View
  transaction: Transaction | undefined
  /** When the snapshot was taken that is read, if one is. */
  atClusterTime: Timestamp | undefined
  sequences: ReadonlyMap<string, readonly Buffer[]>
  /** Sets how often expired documents are looked for, in seconds. */
  setExpiryInterval(seconds: number): void
}

export interface Command {
  name: string
  /** Other names for it, from older versions. */
  aliases?: readonly string[]
  /** The fields it takes, beside those that every command takes. Any other is refused. */
  fields: readonly string[]
  /** Changes documents or structure: it is done whole or not at all. */
  writes?: boolean
  /** A write that the driver may send again; its outcome is remembered. */
  retryable?: boolean
  /** May be part of a transaction. */
  transactional?: boolean
  /** May read the snapshot of a session. */
  snapshots?: boolean
  run(body: Doc, context: CommandContext): Reply
}

export const isTransactionEnd = (command: string): boolean =>
  command === 'commitTransaction' || command === 'abortTransaction'

/** The collection a command names as its first value. */
export function collectionName(body: Doc, command: string): string {
  const name = body[command]
  if (typeof name !== 'string') {
    throw new MongoError('InvalidNamespace', `collection name has invalid type for command ${command}`)
  }
  return name
}

/** Several commands take a list as an array in the body or as a sequence beside it. */
export function listOf(body: Doc, name: string): unknown[] {
  const list = body[name]
  if (!Array.isArray(list)) throw new MongoError('TypeMismatch', `BSON field '${name}' is missing or not an array`)
  return list
}
