import { createHash } from 'node:crypto'
import { type Document, serialize } from 'bson'
import {
  ARCHIVE_NAME,
  ARCHIVE_VERSION,
  type ArchivedCollection,
  type ArchiveEntry,
  type CollectionTotals,
  RECORD,
} from './format.js'
import { Tally } from './tally.js'

/** Records are handed on in pieces of about this size, since each piece costs the compressor a turn. */
const PIECE_BYTES = 256 * 1024

/**
 * The bytes of an archive, before they are compressed.
 * @param onCollection told what a collection came to
 */
export async function* encodeArchive(
  entries: AsyncIterable<ArchiveEntry>,
  onCollection: (totals: CollectionTotals) => void,
): AsyncGenerator<Buffer> {
  const all = createHash('sha256')
  let pieces: Uint8Array[] = []
  let size = 0
  let current: { collection: ArchivedCollection; tally: Tally } | undefined
  const add = (kind: string, raw: Uint8Array) => {
    pieces.push(Buffer.from(kind, 'latin1'), raw)
    size += 1 + raw.length
  }
  const take = () => {
    const piece = Buffer.concat(pieces)
    all.update(piece)
    pieces = []
    size = 0
    return piece
  }
  const endCollection = () => {
    if (!current) return
    const { name, indexes } = current.collection
    const totals = { name, ...current.tally.totals() }
    add(RECORD.collectionEnd, serialize(totals))
    onCollection({ ...totals, indexes: indexes.length })
    current = undefined
  }
  for await (const entry of entries) {
    if (entry.kind === 'document') {
      current?.tally.add(entry.raw)
      add(RECORD.document, entry.raw)
    } else {
      endCollection()
      if (entry.kind === 'collection') current = { collection: entry.collection, tally: new Tally() }
      add(RECORD[entry.kind], serialize(contentOf(entry), { ignoreUndefined: true }))
    }
    if (size >= PIECE_BYTES) yield take()
  }
  endCollection()
  yield take()
  add(RECORD.end, serialize({ sha256: all.copy().digest('hex') }))
  yield take()
}

function contentOf(entry: Exclude<ArchiveEntry, { kind: 'document' }>): Document {
  if (entry.kind === 'header') return { archive: ARCHIVE_NAME, version: ARCHIVE_VERSION, ...entry.header }
  return entry.kind === 'file' ? entry.file : entry.collection
}
