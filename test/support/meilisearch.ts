import { randomUUID } from 'node:crypto'
import { Meilisearch } from 'meilisearch'

/** A Meilisearch server for tests, named by MEILI_URL and MEILI_KEY; null when there is none. */
export const meilisearchServer = serverFrom(process.env)

function serverFrom({ MEILI_URL: url, MEILI_KEY: key }: NodeJS.ProcessEnv) {
  return url ? { url, key: key || undefined } : null
}

/** Says that a file's tests were not run, so that nobody takes them for passed. */
export function warnSkipped(what: string, variable: string): void {
  console.warn(`SKIPPED: ${what} needs ${variable}; nothing was tested`)
}

/** A name of its own for the indexes of one test. */
export const freshPrefix = (): string => `test_${randomUUID().slice(0, 8)}_`

/** Removes what a test left on the server. */
export async function dropIndexes(
  { url, key }: { url: string; key: string | undefined },
  prefix: string,
): Promise<void> {
  const client = new Meilisearch({ host: url, ...(key !== undefined && { apiKey: key }) })
  const { results } = await client.getRawIndexes({ limit: 1000 })
  const mine = results.filter(({ uid }) => uid.startsWith(prefix))
  await Promise.all(mine.map(({ uid }) => client.deleteIndex(uid).waitTask({ interval: 10, timeout: 60_000 })))
}
