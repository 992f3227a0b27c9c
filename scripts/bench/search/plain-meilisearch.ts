import { Meilisearch } from 'meilisearch'
import { PROVIDERS_INDEX } from '../../../src/modules/providers/index.js'
import type { SearchDocument } from '../../../src/platform/search/index.js'
import { times } from './asking.js'

const UID = 'caunoiso_bench_plain'
const BATCH = 2_000

/**
 * Milliseconds of a plain search of a Meilisearch server, asked as its guide says, with nothing of the product's own: what it takes by
 * itself. The index is removed afterwards.
 */
export async function askPlainly(
  { url, key }: { url: string; key?: string | undefined },
  documents: AsyncIterable<SearchDocument>,
  queries: readonly string[],
): Promise<number[]> {
  const server = new Meilisearch({ host: url, ...(key !== undefined && { apiKey: key }) })
  const wait = { timeout: 30 * 60_000, interval: 50 }
  await server.deleteIndex(UID).waitTask(wait)
  await server.createIndex(UID, { primaryKey: 'id' }).waitTask(wait)
  const index = server.index(UID)
  await index
    .updateSettings({
      searchableAttributes: Object.keys(PROVIDERS_INDEX.text),
      filterableAttributes: [...PROVIDERS_INDEX.filterable],
    })
    .waitTask(wait)
  let batch: SearchDocument[] = []
  const add = async () => {
    await index.addDocuments(batch).waitTask(wait)
    batch = []
  }
  for await (const document of documents) if (batch.push(document) === BATCH) await add()
  await add()
  const filter = "parkId = 'park' AND visibility = 'public'"
  const ask = (q: string) => index.search(q, { limit: 20, filter, showMatchesPosition: true })
  await times(queries.slice(0, 40), ask)
  const measured = await times(queries, ask)
  await server.deleteIndex(UID).waitTask(wait)
  return measured
}
