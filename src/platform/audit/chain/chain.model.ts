import { type Connection, type Model, Schema } from 'mongoose'
import { recordModels } from '../../records/record.model.js'
import { START } from './chain.rules.js'

/** One link of the chain: an entry's place in the order in which entries were sealed. */
export interface LinkRow {
  /** From 1, without gaps. */
  _id: number
  entryId: string
  /** Random; null once what the entry said of a person was erased, and then the digest says nothing any more. */
  salt: string | null
  /** Of the salted entry. */
  digest: string
  /** Of the link before, and this place, entry and digest. */
  link: string
  sealedAt: Date
}

/** A place in the chain: what a link says of all that stands before it. */
export interface Head {
  seq: number
  link: string
}

/** The newest link, and who is sealing now. */
export interface HeadRow extends Head {
  _id: 'head'
  heldBy: string | null
  heldUntil: Date
}

const linkSchema = new Schema<LinkRow>(
  { _id: Number, entryId: String, salt: String, digest: String, link: String, sealedAt: Date },
  { collection: 'auditLinks', versionKey: false },
)

const headSchema = new Schema<HeadRow>(
  { _id: String, seq: Number, link: String, heldBy: String, heldUntil: Date },
  { collection: 'auditHead', versionKey: false },
)

export function chainModels(db: Connection) {
  return {
    entries: recordModels(db).audit,
    links: (db.models.AuditLink as Model<LinkRow> | undefined) ?? db.model<LinkRow>('AuditLink', linkSchema),
    heads: (db.models.AuditHead as Model<HeadRow> | undefined) ?? db.model<HeadRow>('AuditHead', headSchema),
  }
}

export type ChainModels = ReturnType<typeof chainModels>

/** Called by a migration: entries of before it are sealed as they stand. */
export async function createChain(db: Connection): Promise<void> {
  const { entries, links, heads } = chainModels(db)
  // What waits to be sealed has no `seq`, whenever it was written or committed.
  await entries.collection.createIndex({ seq: 1, at: 1, _id: 1 })
  await links.collection.createIndex({ entryId: 1 }, { unique: true })
  const free = { heldBy: null, heldUntil: new Date(0) }
  await heads.updateOne({ _id: 'head' }, { $setOnInsert: { seq: 0, link: START, ...free } }, { upsert: true })
}
