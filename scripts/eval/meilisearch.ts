import { randomUUID } from 'node:crypto'
import { Meilisearch } from 'meilisearch'
import { UsageError } from '../support/command.js'
import type { MeasuredFirm } from './firms.js'

export interface MeilisearchServer {
  url: string
  key?: string | undefined
}

const WAIT = { timeout: 60_000, interval: 20 }

/**
 * Has a Meilisearch server rank the firms' whole texts as it comes, with nothing of the product's own. It reads the first ten words
 * of a question. The index is removed after `use`.
 */
export async function withPlainMeilisearch<T>(
  { url, key }: MeilisearchServer,
  firms: readonly MeasuredFirm[],
  depth: number,
  use: (ask: (question: string) => Promise<string[]>) => Promise<T>,
): Promise<T> {
  const server = new Meilisearch({ host: url, ...(key !== undefined && { apiKey: key }) })
  const uid = `caunoiso_eval_${randomUUID().slice(0, 8)}`
  try {
    await server.createIndex(uid, { primaryKey: 'id' }).waitTask(WAIT)
  } catch (error) {
    throw new UsageError(
      `Meilisearch at ${url} cannot be measured beside: ${error instanceof Error ? error.message : error}`,
    )
  }
  try {
    const index = server.index<MeasuredFirm>(uid)
    await index.updateSearchableAttributes(['text']).waitTask(WAIT)
    await index.addDocuments([...firms]).waitTask(WAIT)
    return await use(async (question) => (await index.search(question, { limit: depth })).hits.map(({ id }) => id))
  } finally {
    await server.deleteIndex(uid).waitTask(WAIT)
  }
}
