import { pack } from './entries.js'
import { Int32List } from './growable.js'

/**
 * Posting lists that grow, in one pool of integers: each list is a chain of chunks that double up to a limit, so that the
 * many lists with a single entry cost little and adding never moves what is there.
 */
export class Postings {
  private readonly pool = new Int32List(1024)
  private readonly head = new Int32List()
  private readonly tail = new Int32List()
  /** Free entries in the last chunk. */
  private readonly room = new Int32List()
  private readonly lastSize = new Int32List()
  private readonly entries = new Int32List()

  /** Number of lists. */
  get size(): number {
    return this.head.length
  }

  /** Makes an empty list and returns its number. */
  create(): number {
    const list = this.head.length
    this.head.push(NONE)
    this.tail.push(NONE)
    this.room.push(0)
    this.lastSize.push(0)
    this.entries.push(0)
    return list
  }

  /** Number of entries in a list. */
  count(list: number): number {
    return this.entries.get(list)
  }

  /** Adds an entry; slots of one list come in ascending order. */
  append(list: number, slot: number, field: number, frequency: number): void {
    if (this.room.get(list) === 0) this.addChunk(list)
    const at = this.tail.get(list)
    this.pool.data[at] = pack(slot, field, frequency)
    this.tail.data[list] = at + 1
    this.room.data[list] = this.room.get(list) - 1
    this.entries.data[list] = this.entries.get(list) + 1
  }

  /** Copies a list's entries into `out` and returns their number. */
  read(list: number, out: Int32List): number {
    const count = this.entries.get(list)
    out.reserve(count)
    const pool = this.pool.data
    let chunk = this.head.get(list)
    let size = 1
    for (let done = 0; done < count; ) {
      const end = Math.min(count, done + size)
      for (let at = chunk; done < end; at++) out.data[done++] = pool[at] ?? 0
      chunk = pool[chunk + size] ?? NONE
      size = Math.min(size * 2, MAX_CHUNK)
    }
    return count
  }

  private addChunk(list: number): void {
    const before = this.lastSize.get(list)
    const size = before === 0 ? 1 : Math.min(before * 2, MAX_CHUNK)
    const chunk = this.pool.length
    // The entry after a chunk's last one is the link to the next chunk.
    this.pool.set(chunk + size, NONE)
    if (before === 0) this.head.data[list] = chunk
    else this.pool.data[this.tail.get(list)] = chunk
    this.tail.data[list] = chunk
    this.room.data[list] = size
    this.lastSize.data[list] = size
  }
}

const NONE = -1
const MAX_CHUNK = 512
