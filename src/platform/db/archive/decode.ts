import { createHash } from 'node:crypto'
import { Binary, deserialize } from 'bson'
import { z } from 'zod'
import {
  ARCHIVE_NAME,
  ARCHIVE_VERSION,
  type ArchiveEntry,
  type ArchiveHeader,
  type CollectionTotals,
  RECORD,
  UnreadableArchive,
} from './format.js'
import { Tally } from './tally.js'

/** MongoDB's own limit for a stored document, with what it allows itself above it. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024 + 64 * 1024
/** Options and indexes keep their types, so that they are made again as they were. */
const EXACT = { promoteValues: false, promoteBuffers: false, bsonRegExp: true }

/** Of a document: its fields as they are. */
const document = z.record(z.string(), z.unknown())
/** What the records hold beside documents. */
const FORMS = {
  name: z.object({ archive: z.literal(ARCHIVE_NAME), version: z.number() }),
  header: z.object({ step: z.number().nullable(), madeAt: z.date().optional() }),
  file: z.object({ path: z.string(), bytes: z.instanceof(Binary).transform(({ buffer }) => buffer) }),
  collection: z.object({ name: z.string(), options: document, indexes: z.array(document) }),
  collectionEnd: z.object({ documents: z.number(), sha256: z.string() }),
  end: z.object({ sha256: z.string() }),
}

const damaged = (where: string) => new UnreadableArchive(`is damaged: ${where}`)

/**
 * Reads the bytes of an archive, once they are decompressed. Every checksum is compared as it comes up, so an archive counts only once
 * the last entry has been read.
 * @param onCollection told what a collection came to
 * @throws UnreadableArchive whose message goes on from the file's name
 */
export async function* decodeArchive(
  bytes: AsyncIterable<Buffer>,
  onCollection: (totals: CollectionTotals) => void = () => {},
): AsyncGenerator<ArchiveEntry> {
  const all = createHash('sha256')
  let current: { name: string; indexes: number; tally: Tally } | undefined
  let ended = false
  let begun = false
  for await (const { kind, raw, frame } of records(bytes)) {
    if (ended) throw damaged('something follows its end')
    if (!begun && kind !== RECORD.header) throw new UnreadableArchive('is no archive of this product')
    if (kind === RECORD.end) {
      if (current || read('end', raw).sha256 !== all.digest('hex')) throw damaged('its checksum does not match')
      ended = true
      continue
    }
    all.update(frame)
    switch (kind) {
      case RECORD.header:
        begun = true
        yield { kind: 'header', header: headerOf(raw) }
        break
      case RECORD.file:
        yield { kind: 'file', file: read('file', raw) }
        break
      case RECORD.collection: {
        if (current) throw damaged(`"${current.name}" does not end`)
        const collection = read('collection', raw, EXACT)
        current = { name: collection.name, indexes: collection.indexes.length, tally: new Tally() }
        yield { kind: 'collection', collection }
        break
      }
      case RECORD.document:
        if (!current) throw damaged('a document belongs to no collection')
        current.tally.add(raw)
        yield { kind: 'document', raw }
        break
      case RECORD.collectionEnd: {
        const { documents, sha256 } = read('collectionEnd', raw)
        const found = current?.tally.totals()
        if (!current || documents !== found?.documents || sha256 !== found?.sha256)
          throw damaged(`the documents of "${current?.name}" are not those that were written`)
        onCollection({ name: current.name, ...found, indexes: current.indexes })
        current = undefined
        break
      }
      default:
        throw damaged('it holds what no archive holds')
    }
  }
  if (!begun) throw new UnreadableArchive('is no archive of this product')
  if (!ended) throw new UnreadableArchive('is not whole: its end is missing')
}

function headerOf(raw: Buffer): ArchiveHeader {
  const { version } = nameOf(raw)
  if (version > ARCHIVE_VERSION) {
    throw new UnreadableArchive(
      `has format ${version}, this version knows up to ${ARCHIVE_VERSION}: use a newer version of the product`,
    )
  }
  const { step, madeAt } = read('header', raw)
  return { step, ...(madeAt && { madeAt }) }
}

function nameOf(raw: Buffer) {
  try {
    return read('name', raw)
  } catch (cause) {
    throw new UnreadableArchive('is no archive of this product', { cause })
  }
}

/** @throws UnreadableArchive for what is no BSON, or does not hold what such a record holds */
function read<K extends keyof typeof FORMS>(kind: K, raw: Buffer, options = {}): z.output<(typeof FORMS)[K]> {
  try {
    return FORMS[kind].parse(deserialize(raw, options)) as z.output<(typeof FORMS)[K]>
  } catch (cause) {
    throw new UnreadableArchive('is damaged: a record cannot be read', { cause })
  }
}

interface StoredRecord {
  kind: string
  /** The BSON document. */
  raw: Buffer
  /** Both, as they stand in the archive. */
  frame: Buffer
}

async function* records(bytes: AsyncIterable<Buffer>): AsyncGenerator<StoredRecord> {
  let chunks: Buffer[] = []
  let size = 0
  let wanted = 1 + 5
  for await (const chunk of bytes) {
    chunks.push(chunk)
    size += chunk.length
    if (size < wanted) continue
    const read = Buffer.concat(chunks)
    let at = 0
    for (wanted = lengthAt(read, at); at + wanted <= read.length; wanted = lengthAt(read, at)) {
      const frame = read.subarray(at, at + wanted)
      yield { kind: frame.toString('latin1', 0, 1), raw: frame.subarray(1), frame }
      at += wanted
    }
    chunks = [read.subarray(at)]
    size = read.length - at
  }
  if (size > 0) throw new UnreadableArchive('is not whole: its end is missing')
}

/** Length of the record at a place, its letter included; that of the shortest there is while it cannot be told yet. */
function lengthAt(bytes: Buffer, at: number): number {
  if (bytes.length < at + 5) return 1 + 5
  const length = bytes.readInt32LE(at + 1)
  if (length < 5 || length > MAX_RECORD_BYTES) {
    if (bytes[at] !== RECORD.header.charCodeAt(0) && at === 0)
      throw new UnreadableArchive('is no archive of this product')
    throw damaged('a record has no length')
  }
  return 1 + length
}
