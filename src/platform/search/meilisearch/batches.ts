/** What one request may hold: far below the server's limit of 100 MB, large enough to be indexed well. UTF-16 units of JSON. */
const BATCH_SIZE = 8_000_000

/** Documents in batches of at most some megabytes; one that is larger goes alone. */
export function* byteBatches<T>(documents: Iterable<T>, max: number = BATCH_SIZE): Generator<T[]> {
  let batch: T[] = []
  let size = 0
  for (const document of documents) {
    const length = JSON.stringify(document).length
    if (batch.length > 0 && size + length > max) {
      yield batch
      batch = []
      size = 0
    }
    batch.push(document)
    size += length
  }
  if (batch.length > 0) yield batch
}
