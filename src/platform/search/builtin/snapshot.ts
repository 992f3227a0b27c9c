import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { IndexSchema } from '../port.js'
import { Column } from './columns.js'
import { Dictionary } from './dictionary.js'
import { DocumentStore } from './documents.js'
import { Int32List } from './growable.js'
import { InvertedIndex } from './inverted-index.js'
import { inFile, type Texts } from './texts.js'
import { type StoredVocabulary, Vocabulary } from './vocabulary.js'
import { WordTable } from './word-table.js'

/** Goes up with every change of how the files are laid out: older ones are then not read. */
export const FORMAT = 2

/** How the name of a file ends that is being written. */
export const UNFINISHED = '.new'
const MAGIC = 'CAUNOISO'
/** The magic word, then the length of the description as a double. */
const PREAMBLE_BYTES = 16
const DIGEST_BYTES = 32
/** Arrays of eight-byte numbers begin at a multiple of this. */
const ALIGNMENT = 8
const PIECE_BYTES = 4 * 1024 * 1024
/** The part that stays in the file. */
const TEXTS = 'documents'

/** What a file says of itself. */
export interface SnapshotHead {
  schema: IndexSchema
  /** What the documents are made by. */
  form: string
  /** The last change of the log that is surely in it. */
  seq: number
}

const KINDS = { u8: Uint8Array, i32: Int32Array, u32: Uint32Array, f64: Float64Array } as const
type Kind = keyof typeof KINDS
type Numbers = Uint8Array | Int32Array | Uint32Array | Float64Array

interface Part {
  name: string
  kind: Kind
  /** Bytes. */
  length: number
}

/**
 * Writes an index of which all is frozen to a file, which takes the place of an older one only when it is whole; from then on the index
 * reads its documents there. The index must not be written to meanwhile. `signal` gives the writing up.
 */
export async function saveSnapshot(
  path: string,
  index: InvertedIndex,
  head: SnapshotHead,
  signal: AbortSignal,
): Promise<void> {
  const vocabulary = index.vocabulary.stored()
  const numbers = numbersOf(index, vocabulary.slips.settled)
  const { texts } = index.documents.stored
  const parts = [
    ...[...numbers].map(([name, array]): Part => ({ name, kind: kindOf(array), length: array.byteLength })),
    { name: TEXTS, kind: 'u8', length: texts.length },
  ]
  const described = Buffer.from(JSON.stringify({ format: FORMAT, head, parts, words: wordsOf(index, vocabulary) }))
  const unfinished = `${path}.${process.pid}${UNFINISHED}`
  const file = await open(unfinished, 'w', 0o600)
  try {
    const digest = createHash('sha256')
    let written = 0
    const write = async (bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        const piece = bytes.subarray(at, at + PIECE_BYTES)
        signal.throwIfAborted()
        digest.update(piece)
        await file.write(piece)
      }
      written += bytes.length
    }
    const align = () => write(new Uint8Array(aligned(written) - written))
    await write(preamble(described.length))
    await write(described)
    for (const array of numbers.values()) {
      await align()
      await write(bytesOf(array))
    }
    await align()
    const textsAt = written
    for (let at = 0; at < texts.length; at += PIECE_BYTES)
      await write(texts.read(at, Math.min(texts.length, at + PIECE_BYTES)))
    await file.write(digest.digest())
    await file.sync()
    await file.close()
    await rename(unfinished, path)
    index.documents.readFrom(inFile(path, textsAt, texts.length))
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(unfinished, { force: true })
    throw error
  }
}

/** An index from a file; null where there is none, or where it is damaged, of another format or of another schema. */
export async function loadSnapshot(
  path: string,
  schema: IndexSchema,
): Promise<{ index: InvertedIndex; head: SnapshotHead } | null> {
  const file = await open(path, 'r').catch(() => null)
  if (!file) return null
  try {
    const digest = createHash('sha256')
    let at = 0
    const read = async (into: Uint8Array) => {
      const { bytesRead } = await file.read(into, 0, into.length, at)
      if (bytesRead < into.length) throw new Error(`${path} ends early`)
      digest.update(into)
      at += into.length
      return into
    }
    const align = () => read(new Uint8Array(aligned(at) - at))
    const described = lengthIn(await read(new Uint8Array(PREAMBLE_BYTES)))
    const { size } = await file.stat()
    if (described === null || described > size) return null
    const { format, head, parts, words } = JSON.parse(
      Buffer.from(await read(new Uint8Array(described))).toString('utf8'),
    ) as { format: number; head: SnapshotHead; parts: Part[]; words: Words }
    if (format !== FORMAT || JSON.stringify(head.schema) !== JSON.stringify(schema)) return null
    const numbers = new Map<string, Numbers>()
    let texts = { from: 0, length: 0 }
    for (const { name, kind, length } of parts) {
      await align()
      if (name === TEXTS) {
        texts = { from: at, length }
        const piece = new Uint8Array(PIECE_BYTES)
        for (const end = at + length; at < end; ) await read(piece.subarray(0, Math.min(PIECE_BYTES, end - at)))
      } else {
        const bytes = await read(new Uint8Array(length))
        numbers.set(name, new KINDS[kind](bytes.buffer as ArrayBuffer, 0, length / KINDS[kind].BYTES_PER_ELEMENT))
      }
    }
    const expected = new Uint8Array(DIGEST_BYTES)
    await file.read(expected, 0, DIGEST_BYTES, at)
    if (!digest.digest().equals(expected)) return null
    return { index: indexOf(schema, numbers, words, inFile(path, texts.from, texts.length)), head }
  } finally {
    await file.close()
  }
}

function preamble(described: number): Uint8Array {
  const bytes = Buffer.alloc(PREAMBLE_BYTES)
  bytes.write(MAGIC, 'latin1')
  bytes.writeDoubleLE(described, MAGIC.length)
  return bytes
}

/** The length of the description, or null where the file is another's. */
function lengthIn(bytes: Uint8Array): number | null {
  const buffer = Buffer.from(bytes)
  return buffer.toString('latin1', 0, MAGIC.length) === MAGIC ? buffer.readDoubleLE(MAGIC.length) : null
}

interface Words {
  ids: readonly string[]
  words: ReturnType<WordTable['stored']>
  vocabulary: readonly (readonly [string, number])[]
  slips: readonly string[]
  columns: Record<string, Column['values']>
}

function wordsOf({ documents, dictionary, columns }: InvertedIndex, { words, slips }: StoredVocabulary): Words {
  return {
    ids: documents.stored.ids,
    words: dictionary.words.stored(),
    vocabulary: words,
    slips: slips.words,
    columns: Object.fromEntries([...columns].map(([field, { values }]) => [field, values])),
  }
}

function numbersOf(
  { documents, dictionary, columns, lengths }: InvertedIndex,
  slips: Float64Array,
): Map<string, Numbers> {
  const { frozen } = dictionary
  const numbers = new Map<string, Numbers>(
    Object.entries({
      versions: documents.stored.versions,
      slips,
      offsets: documents.stored.offsets,
      lengths: lengths.view(),
      rows: frozen.rows,
      seconds: frozen.seconds,
      lists: frozen.offsets,
      counts: frozen.documents,
    }),
  )
  for (const [field, column] of columns) {
    const { starts, items, sorted } = column.stored()
    numbers.set(`starts ${field}`, starts).set(`items ${field}`, items).set(`sorted ${field}`, sorted)
  }
  return numbers.set('entries', frozen.bytes)
}

function indexOf(schema: IndexSchema, numbers: Map<string, Numbers>, words: Words, texts: Texts): InvertedIndex {
  const get = <T extends Numbers>(name: string) => numbers.get(name) as T
  const documents = new DocumentStore({
    ids: words.ids,
    versions: get('versions'),
    offsets: get('offsets'),
    texts,
  })
  const frozen = {
    rows: get<Int32Array>('rows'),
    seconds: get<Int32Array>('seconds'),
    offsets: get<Uint32Array>('lists'),
    documents: get<Int32Array>('counts'),
    bytes: get<Uint8Array>('entries'),
  }
  const columns = Object.entries(words.columns).map(([field, values]) => {
    const column = { values, starts: get<Int32Array>(`starts ${field}`), items: get<Int32Array>(`items ${field}`) }
    return [field, Column.from({ ...column, sorted: get<Int32Array>(`sorted ${field}`) })] as const
  })
  return new InvertedIndex(schema, {
    documents,
    dictionary: new Dictionary(frozen, WordTable.from(words.words)),
    vocabulary: Vocabulary.from({
      words: words.vocabulary,
      slips: { words: words.slips, settled: get<Float64Array>('slips') },
    }),
    columns: new Map(columns),
    lengths: Int32List.of(get('lengths')),
    frozen: documents.capacity,
  })
}

const bytesOf = (array: Numbers) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

const kindOf = (array: Numbers): Kind =>
  (Object.keys(KINDS) as Kind[]).find((kind) => array instanceof KINDS[kind]) ?? 'u8'

const aligned = (length: number) => Math.ceil(length / ALIGNMENT) * ALIGNMENT
