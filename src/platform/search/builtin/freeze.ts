import type { Pace } from '../../pace.js'
import type { Column } from './columns.js'
import { Dictionary, orderOf } from './dictionary.js'
import { DocumentStore } from './documents.js'
import { movedTo, slotOf } from './entries.js'
import { type FrozenPostings, FrozenWriter, readList } from './frozen-postings.js'
import { Int32List } from './growable.js'
import { InvertedIndex } from './inverted-index.js'

const GONE = -1
/** A growing entry takes about so many bytes when it is frozen. */
const BYTES_PER_ENTRY = 3
/** Texts are compared slowly. */
const ORDERED_AT_ONCE = 1_000

/**
 * The same documents in an index without tombstones in which all lists are frozen. The index itself stays as it is; what is written to it
 * meanwhile is not in the new one.
 */
export async function freeze(index: InvertedIndex, pace: Pace): Promise<InvertedIndex> {
  const slots = Int32Array.from(index.liveSlots()).sort()
  const newSlot = new Int32Array(index.capacity).fill(GONE)
  slots.forEach((slot, place) => {
    newSlot[slot] = place
  })
  const postings = await frozenPostings(index.dictionary, newSlot, pace)
  const width = index.fields.length
  const lengths = new Int32List(slots.length * width)
  for (const slot of slots) {
    for (let field = 0; field < width; field++) lengths.push(index.lengths.get(slot * width + field))
  }
  await pace()
  const columns = new Map<string, Column>()
  for (const [field, column] of index.columns) {
    columns.set(field, column.kept(slots))
    await pace()
  }
  for (const field of index.schema.sortable) {
    const column = columns.get(field)
    const unordered = column?.unordered() ?? []
    for (let at = 0; at < unordered.length; at += ORDERED_AT_ONCE) {
      column?.putInOrder(unordered.slice(at, at + ORDERED_AT_ONCE))
      await pace()
    }
  }
  const documents = new DocumentStore(await index.documents.kept(slots, pace))
  while (index.vocabulary.prepare(500)) await pace()
  const parts = {
    documents,
    dictionary: new Dictionary(postings, index.dictionary.words),
    vocabulary: index.vocabulary,
    columns,
    lengths,
    frozen: slots.length,
  }
  return new InvertedIndex(index.schema, parts, index.sizes)
}

async function frozenPostings(dictionary: Dictionary, newSlot: Int32Array, pace: Pace): Promise<FrozenPostings> {
  const { frozen, fresh } = dictionary
  const order = dictionary.freshInOrder()
  const writer = new FrozenWriter(frozen.bytes.length + entriesIn(dictionary) * BYTES_PER_ENTRY)
  const merging = new Merging(newSlot)
  let at = 0
  const writeFresh = (place: number) => {
    const { list, word, second } = dictionary.freshAt(place)
    merging.clear()
    merging.add(fresh.read(list, merging.scratch))
    writer.add(word, second, merging.entries.data, merging.entries.length)
  }
  const words = frozen.rows.length - 1
  for (let word = 0; word < words; word++) {
    const end = frozen.rows[word + 1] ?? 0
    for (let list = frozen.rows[word] ?? 0; list < end; list++) {
      const second = frozen.seconds[list] ?? 0
      const place = orderOf(word, second)
      while (at < order.length && (order[at] ?? 0) < place) writeFresh(order[at++] ?? 0)
      merging.clear()
      merging.add(readList(frozen, list, merging.scratch))
      if (order[at] === place) merging.add(fresh.read(dictionary.freshAt(order[at++] ?? 0).list, merging.scratch))
      writer.add(word, second, merging.entries.data, merging.entries.length)
    }
    if (word % 64 === 0) await pace()
  }
  for (; at < order.length; at++) {
    writeFresh(order[at] ?? 0)
    if (at % 1024 === 0) await pace()
  }
  return writer.finish(dictionary.words.size)
}

/** Gathers the entries of one list under their new slots. */
class Merging {
  readonly scratch = new Int32List()
  readonly entries = new Int32List()

  constructor(private readonly newSlot: Int32Array) {}

  clear(): void {
    this.entries.length = 0
  }

  /** Takes the first `count` entries of `scratch`. */
  add(count: number): void {
    this.entries.reserve(this.entries.length + count)
    const { data } = this.entries
    const from = this.scratch.data
    let { length } = this.entries
    for (let i = 0; i < count; i++) {
      const entry = from[i] ?? 0
      // Slots beyond those there were at the start are not in the new index.
      const slot = this.newSlot[slotOf(entry)] ?? GONE
      if (slot !== GONE) data[length++] = movedTo(entry, slot)
    }
    this.entries.length = length
  }
}

function entriesIn({ fresh }: Dictionary): number {
  let entries = 0
  for (let list = 0; list < fresh.size; list++) entries += fresh.count(list)
  return entries
}
