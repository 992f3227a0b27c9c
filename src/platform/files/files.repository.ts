import type { Readable } from 'node:stream'
import mongoose, { type ClientSession, type Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import type { Picture } from './picture.js'

/** What a file belongs to. */
export interface FileOwner {
  /** What sort of thing: its pages say who may see the file. */
  kind: 'claim' | 'provider' | 'business' | 'park'
  recordId: string
}

export interface StoredFile {
  id: string
  parkId: string
  /** Opaque id of who sent it. */
  by: string
  width: number
  height: number
  /** Bytes. */
  size: number
  /** Null until a record points to it. */
  owner: FileOwner | null
  createdAt: Date
}

export interface FileStore {
  /** Keeps a picture that belongs to nothing yet; unless it is given to a record, the sweep takes it. Returns its id. */
  add(picture: Picture, of: { parkId: string; personId: string }): Promise<string>
  /** Gives a file to the record that points to it, in the transaction that writes the record. */
  give(id: string, owner: FileOwner, session: ClientSession): Promise<void>
  byId(id: string): Promise<StoredFile | null>
  of(owner: FileOwner): Promise<StoredFile[]>
  open(id: string): Readable
  remove(id: string): Promise<void>
  /** Takes out what no record points to, when it is older than `before`. Returns how many. */
  sweep(before: Date): Promise<number>
}

interface FileRow {
  _id: string
  length: number
  metadata: Omit<StoredFile, 'id' | 'size'>
}

const BUCKET = 'files'
const rowsOf = (db: Connection) => db.collection<FileRow>(`${BUCKET}.files`)
const chunksOf = (db: Connection) => db.collection<{ files_id: string; n: number }>(`${BUCKET}.chunks`)

/** Files in the database (GridFS), so that a backup of it is whole and several instances share them. */
export function fileRepository(db: Connection, clock: Clock): FileStore {
  const rows = rowsOf(db)
  const bucket = () => {
    if (!db.db) throw new Error('files are used before the database is connected')
    return new mongoose.mongo.GridFSBucket(db.db, { bucketName: BUCKET })
  }
  const remove = async (id: string) => {
    await rows.deleteOne({ _id: id })
    await chunksOf(db).deleteMany({ files_id: id })
  }
  return {
    add: async ({ data, width, height }, { parkId, personId }) => {
      const id = newId()
      const metadata = { parkId, by: personId, width, height, owner: null, createdAt: clock() }
      // The name is the same for all: what it was called on somebody's phone is nobody's business.
      const stream = bucket().openUploadStreamWithId(asGridId(id), 'picture', { metadata })
      await new Promise<void>((resolve, reject) => {
        stream.once('error', reject)
        stream.end(data, () => resolve())
      })
      return id
    },
    give: async (id, owner, session) => {
      const { matchedCount } = await rows.updateOne({ _id: id }, { $set: { 'metadata.owner': owner } }, { session })
      if (matchedCount === 0) throw new Error(`file ${id} is gone`)
    },
    byId: async (id) => toFile(await rows.findOne({ _id: id })),
    of: async ({ kind, recordId }) => {
      const found = await rows.find({ 'metadata.owner.recordId': recordId, 'metadata.owner.kind': kind }).toArray()
      return found.flatMap((row) => toFile(row) ?? [])
    },
    open: (id) => bucket().openDownloadStream(asGridId(id)),
    remove,
    sweep: async (before) => {
      const orphans = await rows
        .find({ 'metadata.owner': null, 'metadata.createdAt': { $lt: before } }, { projection: { _id: 1 } })
        .toArray()
      for (const { _id } of orphans) await remove(_id)
      return orphans.length
    },
  }
}

/** The indexes GridFS makes by itself at first use, made with all others, and the one that finds a record's files. */
export async function createFileIndexes(db: Connection): Promise<void> {
  await rowsOf(db).createIndex({ filename: 1, uploadDate: 1 })
  await rowsOf(db).createIndex({ 'metadata.owner.recordId': 1 })
  await chunksOf(db).createIndex({ files_id: 1, n: 1 }, { unique: true })
}

/** The driver's types want an ObjectId; GridFS itself takes any id, and ours are texts everywhere. */
const asGridId = (id: string) => id as unknown as mongoose.mongo.ObjectId

const toFile = (row: FileRow | null): StoredFile | null => row && { id: row._id, size: row.length, ...row.metadata }

/** Ids of the files of a record. */
export async function filesOwnedBy(
  db: Connection,
  kind: string,
  recordId: string,
  session?: ClientSession,
): Promise<string[]> {
  const filter = { 'metadata.owner.recordId': recordId, 'metadata.owner.kind': kind } as Record<string, unknown>
  const found = await rowsOf(db)
    .find(filter, { projection: { _id: 1 }, ...(session && { session }) })
    .toArray()
  return found.map(({ _id }) => _id)
}

/** Gives files of one record to another. */
export async function rehome(
  db: Connection,
  ids: readonly string[],
  { from, to }: { from: string; to: string },
  session: ClientSession,
): Promise<void> {
  if (ids.length === 0) return
  const filter = { _id: { $in: [...ids] }, 'metadata.owner.recordId': from }
  await rowsOf(db).updateMany(filter, { $set: { 'metadata.owner.recordId': to } }, { session })
}
