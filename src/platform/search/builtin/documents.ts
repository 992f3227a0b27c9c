import type { Pace } from '../../pace.js'
import type { SearchDocument } from '../port.js'
import { ByteList, Int32List } from './growable.js'
import { inMemory, type Texts } from './texts.js'

/** What a store is made of. */
export interface StoredDocuments {
  ids: readonly string[]
  versions: Float64Array
  /** By slot, one more than there are: where its text begins. */
  offsets: Uint32Array
  /** The documents as JSON in UTF-8. */
  texts: Texts
}

const NO_DOCUMENTS: StoredDocuments = {
  ids: [],
  versions: new Float64Array(0),
  offsets: new Uint32Array(1),
  texts: inMemory(new Uint8Array(0)),
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The documents of an index by slot. They are kept as bytes: objects would take several times the room, and few are read. */
export class DocumentStore {
  private readonly slots = new Map<string, number>()
  private readonly ids: string[]
  private readonly versions: number[]
  /** Those added since: where the text of each begins. */
  private readonly addedOffsets = new Int32List()
  private readonly addedBytes = new ByteList()
  /** By slot: 1 where the document is there, 0 where it was replaced or removed. */
  live: Uint8Array

  constructor(private base: StoredDocuments = NO_DOCUMENTS) {
    this.ids = [...base.ids]
    this.versions = [...base.versions]
    this.ids.forEach((id, slot) => {
      this.slots.set(id, slot)
    })
    this.live = new Uint8Array(Math.max(16, Math.ceil(this.ids.length * 1.25))).fill(1, 0, this.ids.length)
  }

  /** Live documents. */
  get size(): number {
    return this.slots.size
  }

  /** Slots given out, those of replaced and removed documents included. */
  get capacity(): number {
    return this.ids.length
  }

  slot(id: string): number | undefined {
    return this.slots.get(id)
  }

  id(slot: number): string {
    return this.ids[slot] ?? ''
  }

  version(slot: number): number {
    return this.versions[slot] ?? 0
  }

  liveSlots(): Iterable<number> {
    return this.slots.values()
  }

  /** Undefined where the document was replaced or removed. */
  read(slot: number): SearchDocument | undefined {
    return this.live[slot] === 1 ? (JSON.parse(decoder.decode(this.text(slot))) as SearchDocument) : undefined
  }

  /** Adds a document and returns its slot; the one with its id must be gone. */
  add(document: SearchDocument): number {
    const slot = this.ids.push(document.id) - 1
    this.slots.set(document.id, slot)
    this.versions.push(document.version)
    this.addedOffsets.push(this.addedBytes.length)
    this.addedBytes.append(encoder.encode(JSON.stringify(document)))
    if (slot >= this.live.length) {
      const grown = new Uint8Array(this.live.length * 2)
      grown.set(this.live)
      this.live = grown
    }
    this.live[slot] = 1
    return slot
  }

  remove(slot: number): void {
    this.slots.delete(this.id(slot))
    this.live[slot] = 0
  }

  /** What the kept slots are made of; documents may be added and removed meanwhile. */
  async kept(slots: Int32Array, pace: Pace): Promise<StoredDocuments> {
    const offsets = new Uint32Array(slots.length + 1)
    slots.forEach((slot, at) => {
      const { start, end } = this.range(slot)
      offsets[at + 1] = (offsets[at] ?? 0) + end - start
    })
    const bytes = new Uint8Array(offsets[slots.length] ?? 0)
    for (const [at, slot] of slots.entries()) {
      bytes.set(this.text(slot), offsets[at])
      await pace()
    }
    return {
      ids: Array.from(slots, (slot) => this.id(slot)),
      versions: Float64Array.from(slots, (slot) => this.version(slot)),
      offsets,
      texts: inMemory(bytes),
    }
  }

  /** What the store was made of; all there is as long as nothing was added or removed. */
  get stored(): StoredDocuments {
    return this.base
  }

  /** Reads the texts that the store was made of from elsewhere. */
  readFrom(texts: Texts): void {
    this.base.texts.close()
    this.base = { ...this.base, texts }
  }

  /** The store is not read any more. */
  close(): void {
    this.base.texts.close()
  }

  private text(slot: number): Uint8Array {
    const { start, end } = this.range(slot)
    const { ids, texts } = this.base
    return slot < ids.length ? texts.read(start, end) : this.addedBytes.data.subarray(start, end)
  }

  private range(slot: number): { start: number; end: number } {
    const { ids, offsets } = this.base
    if (slot < ids.length) return { start: offsets[slot] ?? 0, end: offsets[slot + 1] ?? 0 }
    const added = slot - ids.length
    const end = added + 1 < this.addedOffsets.length ? this.addedOffsets.get(added + 1) : this.addedBytes.length
    return { start: this.addedOffsets.get(added), end }
  }
}
