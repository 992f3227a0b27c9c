import type { Document } from 'bson'

/** Version of the archive's form. A change that older programs would misread raises it. */
export const ARCHIVE_VERSION = 1
export const ARCHIVE_NAME = 'cau-noi-so archive'

/**
 * An archive is a gzip stream of records: one letter and a BSON document. `H` begins it; `F` is a file; `C` a collection, whose documents
 * follow as they are stored, in `D`s ordered by _id, and then an `E` with their number and checksum; `Z`, the last, has the checksum of all before it.
 */
export const RECORD = { header: 'H', file: 'F', collection: 'C', document: 'D', collectionEnd: 'E', end: 'Z' } as const

export interface ArchiveHeader {
  /** The last migration that the data has seen; null where it has seen none. */
  step: number | null
  /** Missing in exports, so that the same data makes the same bytes. */
  madeAt?: Date
}

export interface ArchivedCollection {
  name: string
  /** As `create` takes them. */
  options: Document
  /** As `createIndexes` takes them, by name, without that of _id. */
  indexes: Document[]
}

/** A file beside the database that belongs to its data. */
export interface ArchivedFile {
  /** From the data folder, with `/`. */
  path: string
  bytes: Uint8Array
}

/** What an archive is made of, in this order. */
export type ArchiveEntry =
  | { kind: 'header'; header: ArchiveHeader }
  | { kind: 'file'; file: ArchivedFile }
  | { kind: 'collection'; collection: ArchivedCollection }
  /** Of the collection before it: BSON as it is stored. */
  | { kind: 'document'; raw: Uint8Array }

/** How much a collection holds. */
export interface Totals {
  documents: number
  bytes: number
  /** SHA-256 of the documents in order of _id, in hexadecimal digits. */
  sha256: string
}

export interface CollectionTotals extends Totals {
  name: string
  indexes: number
}

/** A file that is no whole archive which this version can read; the message says why. */
export class UnreadableArchive extends Error {
  override readonly name = 'UnreadableArchive'
}
