import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { followSearchWork } from '../../src/upkeep.js'
import { addProvider } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { runScript } from '../support/script.js'

/** The command beside a product that runs on the built-in database, whose folder no other process can open. */

describe('npm run reindex while the product runs', { timeout: 60_000 }, () => {
  let product: TestProduct
  let job: ReturnType<typeof followSearchWork>
  let firm: { id: string }
  beforeAll(async () => {
    product = await startTestProduct({ unlimited: true })
    firm = await addProvider(product, { name: { vi: 'Hãng Bồ Câu' } })
    job = followSearchWork(product.core)
  })
  afterAll(async () => {
    await job.stop()
    await product.close()
  })

  const reindex = (...args: string[]) => runScript('reindex', args, { DATA_DIR: product.core.config.dataDir })
  const firms = () => product.core.search.search('providers', {})

  test('--verify finds what the engine has wrong, puts it right, and then finds nothing', async () => {
    await product.core.db.collection('providers').updateOne({ _id: firm.id as never }, { $set: { version: 5 } })
    const found = await reindex('--verify', '--json')
    expect([found.code, found.stderr]).toEqual([1, ''])
    expect(found.stdout).toContain('builtin providers: 1 documents, 0 missing, 1 stale, 0 different, 0 orphaned\n')
    expect((await firms()).hits.map(({ document }) => document.version)).toEqual([5])
    const again = await reindex('--verify', '--json')
    expect(again.code).toBe(0)
    expect(again.json()).toMatchObject({
      compared: [{ engine: 'builtin', index: 'providers', documents: 1, stale: 0 }, {}, {}],
    })
  })

  test('builds the indexes of the running product anew', async () => {
    const { code, stdout } = await reindex()
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^builtin providers: 1 documents in [\d.]+ s$/m)])
    expect((await firms()).total).toBe(1)
  })

  test.each([
    [[], /^builtin providers: 0 documents in [\d.]+ s; 1 could not be taken in$/m],
    [['--verify'], /^builtin providers: 1 documents, 1 missing, .*; 1 could not be put right$/m],
  ])('%j ends with 1 when a record cannot be taken in, and says so', async (args, line) => {
    const providers = product.core.db.collection('providers')
    await providers.updateOne({ _id: firm.id as never }, { $unset: { 'published.offers': 1 } })
    const { code, stdout, stderr } = await reindex(...args)
    await providers.updateOne({ _id: firm.id as never }, { $set: { 'published.offers': [] } })
    expect([code, stdout, stderr]).toEqual([1, expect.stringMatching(line), ''])
  })
})
