import { Timestamp } from 'bson'

/**
 * The logical time that replicas tell drivers with every answer: it goes on with every write. A driver gives it back, so that it reads what
 * it has written; here every read sees what is committed, whatever time it names.
 */
export class ClusterClock {
  private time = BigInt(Math.floor(Date.now() / 1000)) << 32n

  get now(): Timestamp {
    return new Timestamp(this.time)
  }

  /** A moment later than any before it, and not before the wall clock. */
  tick(): Timestamp {
    const wall = BigInt(Math.floor(Date.now() / 1000)) << 32n
    this.time = (wall > this.time ? wall : this.time) + 1n
    return this.now
  }

  /** Follows a time that a client has from before a restart. */
  advance(seen: Timestamp): void {
    const time = seen.toBigInt()
    if (time > this.time) this.time = time
  }
}
