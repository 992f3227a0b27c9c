/** Memory of the language's own kind; its types come with browsers' only. */
interface OwnMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}
declare const WebAssembly: { Memory: new (size: { initial: number; maximum: number }) => OwnMemory }

/** Smaller arrays are not worth memory of their own. */
const OWN_MEMORY = 2 ** 20
const PAGE = 2 ** 16
const MOST_PAGES = 2 ** 16

/**
 * Room that grows. From a mebibyte on it is memory of its own that grows in place and goes back to the system as a whole: arrays that
 * are made, copied and dropped would leave holes in the process's memory several times the size of an index.
 */
class Room {
  private memory: OwnMemory | null = null
  buffer: ArrayBuffer = new ArrayBuffer(0)

  /** A buffer of at least `bytes` with what was in the former one, which is not to be used any more. */
  grow(bytes: number): ArrayBuffer {
    const before = this.buffer
    if (this.memory) {
      const missing = Math.ceil(Math.max(bytes, before.byteLength * 1.25) / PAGE) - before.byteLength / PAGE
      this.memory.grow(missing)
      this.buffer = this.memory.buffer
      return this.buffer
    }
    const wanted = Math.max(bytes, before.byteLength * 2, 64)
    if (wanted < OWN_MEMORY) this.buffer = new ArrayBuffer(wanted)
    else {
      this.memory = new WebAssembly.Memory({ initial: Math.ceil(wanted / PAGE), maximum: MOST_PAGES })
      this.buffer = this.memory.buffer
    }
    new Uint8Array(this.buffer).set(new Uint8Array(before))
    return this.buffer
  }
}

/** Zeroed integers, to be dropped as a whole. */
export function zeroed(count: number): Int32Array {
  return new Int32Array(new Room().grow(count * Int32Array.BYTES_PER_ELEMENT), 0, count)
}

/** Zeroed numbers, to be dropped as a whole. */
export function zeroedFloats(count: number): Float64Array {
  return new Float64Array(new Room().grow(count * Float64Array.BYTES_PER_ELEMENT), 0, count)
}

/** A list of 32-bit integers that grows; read `data` up to `length`. */
export class Int32List {
  private readonly room = new Room()
  data: Int32Array = new Int32Array(0)
  length = 0

  constructor(capacity = 16) {
    this.reserve(capacity)
  }

  /** A list that starts with the given integers; they are not copied until it grows. */
  static of(data: Int32Array): Int32List {
    const list = new Int32List(0)
    list.data = data
    list.length = data.length
    return list
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1)
    this.data[this.length++] = value
  }

  /** Sets an entry at or beyond the end; those skipped are 0. */
  set(at: number, value: number): void {
    this.reserve(at + 1)
    if (at >= this.length) this.length = at + 1
    this.data[at] = value
  }

  get(at: number): number {
    return this.data[at] ?? 0
  }

  /** Makes room for `capacity` entries. */
  reserve(capacity: number): void {
    if (capacity <= this.data.length) return
    const { data, room } = this
    const foreign = data.length > 0 && data.buffer !== room.buffer
    const wanted = foreign ? Math.max(capacity, Math.ceil(data.length * 1.25)) : capacity
    const grown = new Int32Array(room.grow(wanted * data.BYTES_PER_ELEMENT))
    if (foreign) grown.set(data)
    this.data = grown
  }

  /** The integers. They are the list's own as long as it does not grow. */
  view(): Int32Array {
    return this.data.subarray(0, this.length)
  }
}

/** Bytes that grow; read `data` up to `length`. */
export class ByteList {
  private readonly room = new Room()
  data = new Uint8Array(0)
  length = 0

  constructor(capacity = 1024) {
    this.reserve(capacity)
  }

  append(bytes: Uint8Array): void {
    this.reserve(this.length + bytes.length)
    this.data.set(bytes, this.length)
    this.length += bytes.length
  }

  reserve(capacity: number): void {
    if (capacity > this.data.length) this.data = new Uint8Array(this.room.grow(capacity))
  }

  /** The bytes. They are the list's own as long as it does not grow. */
  view(): Uint8Array {
    return this.data.subarray(0, this.length)
  }
}
