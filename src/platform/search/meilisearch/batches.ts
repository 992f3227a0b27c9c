import { setImmediate as breathe } from 'node:timers/promises'

/** What one request may hold: far below the server's limit of 100 MB, large enough to be indexed well. UTF-16 units of JSON. */
const BATCH_SIZE = 8_000_000
/** Other work gets its turn after this. Milliseconds. */
const TURN_MS = 4

/** Makes something of each item, a few at a time, so that requests in this process do not wait for all. */
export async function* inTurns<T, R>(items: Iterable<T>, make: (item: T) => R): AsyncGenerator<R> {
  let begun = performance.now()
  for (const item of items) {
    yield make(item)
    if (performance.now() - begun < TURN_MS) continue
    await breathe()
    begun = performance.now()
  }
}

/** Documents as JSON, one a line, in batches of at most some megabytes; one that is larger goes alone. */
export async function* byteBatches(documents: Iterable<unknown>, max: number = BATCH_SIZE): AsyncGenerator<string> {
  let lines: string[] = []
  let size = 0
  for await (const line of inTurns(documents, (document) => JSON.stringify(document))) {
    if (lines.length > 0 && size + line.length > max) {
      yield lines.join('\n')
      lines = []
      size = 0
    }
    lines.push(line)
    size += line.length
  }
  if (lines.length > 0) yield lines.join('\n')
}
