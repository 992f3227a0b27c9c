import { afterAll, beforeAll, expect, test } from 'vitest'
import { businessProfile } from '../../src/modules/businesses/index.js'
import { lookalikeRepository } from '../../src/modules/duplicates/index.js'
import type { ProviderProfile } from '../../src/modules/providers/index.js'
import { addBusiness, addProvider } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Listings that may be one are found after each change, whoever made it. */

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const pairsOf = async (id: string) => {
  await product.core.duplicates.catchUp()
  return product.core.pairs.of([id])
}

const set = async (id: string, fields: { published?: ProviderProfile; archivedAt?: Date }) => {
  const { core } = product
  await core.change<ProviderProfile>({
    ...{ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'test' },
    edits: [{ id, set: fields }],
  })
}

test('two of one name are a pair until one is renamed, and again when it is renamed back', async () => {
  const one = await addProvider(product, { name: { vi: 'Công ty TNHH Lục Bình Tím' } })
  const other = await addProvider(product, { name: { vi: 'CTY CP LỤC BÌNH TÍM' } })
  expect(await pairsOf(one.id)).toMatchObject([{ score: 0.75, reasons: ['name'], state: 'open' }])
  const renamed = { ...(other.published as ProviderProfile), name: { vi: 'Công ty CP Ba Khía' } }
  await set(other.id, { published: renamed })
  expect(await pairsOf(one.id)).toEqual([])
  await set(other.id, { published: other.published as ProviderProfile })
  expect(await pairsOf(one.id)).toHaveLength(1)
  await set(other.id, { archivedAt: new Date() })
  expect(await pairsOf(one.id)).toEqual([])
})

test('a firm and a business are never a pair', async () => {
  const firm = await addProvider(product, { name: { vi: 'Công ty TNHH Cá Linh' } })
  await addBusiness(product, { name: { vi: 'Công ty TNHH Cá Linh' } })
  expect(await pairsOf(firm.id)).toEqual([])
})

test('what was said of two is remembered through later changes', async () => {
  const one = await addProvider(product, { name: { vi: 'Công ty TNHH Điên Điển' } })
  const other = await addProvider(product, { name: { vi: 'Công ty CP Điên Điển' } })
  const [pair] = await pairsOf(one.id)
  const { core } = product
  const session = await core.db.startSession()
  await core.pairs.mark(pair?._id ?? '', 'apart', { by: 'somebody', at: new Date() }, session)
  await session.endSession()
  await set(other.id, { published: { ...(other.published as ProviderProfile), taxCode: '1801234562' } })
  expect(await pairsOf(one.id)).toMatchObject([{ state: 'apart' }])
})

test('a hundred at once are found as one by one', async () => {
  const { core } = product
  const edits = Array.from({ length: 240 }, (_, n) => ({
    ...{ slugFrom: `quay-${n}`, source: 'test' },
    set: {
      published: businessProfile.parse({
        name: { vi: `Quầy ${Math.floor(n / 2)} ${n % 2 ? 'Cái Khế' : 'Cái  Khế'}` },
        ...{ description: { vi: 'x' }, kind: 'household', listed: true },
      }),
    },
  }))
  const made = await core.change({ parkId: core.park().id, type: 'business', by: 'system:test', why: 'test', edits })
  // While more come in, all would be read for nothing; once they have come to an end they are looked at.
  expect(await core.duplicates.catchUpWhenCalm()).toBe(0)
  expect(await core.duplicates.catchUpWhenCalm()).toBe(240)
  expect(await core.pairs.of(made.map(({ id }) => id))).toHaveLength(120)
})

test('who enters a firm is told of its namesake whatever its legal form, and of its tax code though it is not public', async () => {
  const { core } = product
  const lookalikes = lookalikeRepository(core.db)
  const find = (entry: { taxCode: string | undefined; name: string }) =>
    lookalikes.find(core.park().id, 'provider', entry)
  const firm = await addProvider(product, { name: { vi: 'Công ty TNHH Phù Sa Số' }, taxCode: '1802223330' })
  expect(await find({ taxCode: undefined, name: 'phusaso JSC' })).toMatchObject({ id: firm.id, by: 'name' })
  await core.change({
    ...{ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'test' },
    edits: [{ id: firm.id, set: { published: null, working: firm.published } }],
  })
  expect(await find({ taxCode: undefined, name: 'Phù Sa Số' })).toBeNull()
  expect(await find({ taxCode: '1802223330', name: 'Tên khác' })).toMatchObject({ by: 'taxCode', isPublic: false })
  expect(await find({ taxCode: '1802223330-001', name: 'Tên khác' })).toBeNull()
})
