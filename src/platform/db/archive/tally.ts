import { createHash } from 'node:crypto'
import type { Totals } from './format.js'

/** Counts documents and takes their checksum, in the order in which they come. */
export class Tally {
  private readonly hash = createHash('sha256')
  private documents = 0
  private bytes = 0

  add(raw: Uint8Array): void {
    this.hash.update(raw)
    this.documents++
    this.bytes += raw.length
  }

  totals(): Totals {
    return { documents: this.documents, bytes: this.bytes, sha256: this.hash.digest('hex') }
  }
}
