import { PassThrough } from 'node:stream'
import type { SearchDocument } from '../port.js'

/** Documents that are handed over in parts by one side and read one by one by the other, which is never far behind. */
export class DocumentQueue {
  private readonly parts = new PassThrough({ objectMode: true, highWaterMark: 1 })

  private ask: () => void = () => {}
  /** Resolves when the reading has begun. */
  readonly asked = new Promise<void>((resolve) => {
    this.ask = resolve
  })

  constructor() {
    // Told to whoever reads; by itself it would end the process.
    this.parts.on('error', () => undefined)
  }

  /** Adds a part; resolves when there is room for another, or nobody reads any more. */
  async add(documents: readonly SearchDocument[]): Promise<void> {
    await new Promise<void>((resolve) => this.parts.write(documents, () => resolve()))
  }

  end(): void {
    this.parts.end()
  }

  fail(error: unknown): void {
    this.parts.destroy(error instanceof Error ? error : new Error(String(error)))
  }

  async *documents(): AsyncGenerator<SearchDocument> {
    this.ask()
    for await (const part of this.parts) yield* part as readonly SearchDocument[]
  }
}
