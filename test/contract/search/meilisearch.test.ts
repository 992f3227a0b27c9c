import { afterAll, describe, vi } from 'vitest'
import { createMeilisearchEngine } from '../../../src/platform/search/index.js'
import { dropIndexes, freshPrefix, meilisearchServer, warnSkipped } from '../../support/meilisearch.js'
import { describeSearchContract } from './contract.js'

if (!meilisearchServer) warnSkipped('the search contract on Meilisearch', 'MEILI_URL and MEILI_KEY')

// Each test makes an index of its own, which takes the server some tasks.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

describe.skipIf(!meilisearchServer)('Meilisearch', () => {
  const server = meilisearchServer ?? { url: '', key: undefined }
  const run = freshPrefix()
  let made = 0
  afterAll(() => dropIndexes(server, run), 120_000)

  // The server answers in time when it is alone; tests of other files may keep the machine busy.
  describeSearchContract('a Meilisearch server', async () =>
    createMeilisearchEngine({ ...server, prefix: `${run}${made++}_`, timeoutMs: 10_000 }),
  )
})
