import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NeedContent, needContent } from '../../src/modules/needs/index.js'
import type { StoredRecord } from '../../src/platform/records/record.types.js'
import { newApi } from '../support/api.js'
import { addBusiness } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** What is shown while the search index has not yet heard of a change. */

const SECRET = 'Vựa Bảy Thơm thiếu nợ ngân hàng'

let product: TestProduct
let business: { id: string; slug: string }
let need: StoredRecord<NeedContent>

const content = (problem: string, anonymous: boolean) =>
  needContent.parse({ title: { vi: 'Sổ cho gọn' }, problem: { vi: problem }, business: business.id, anonymous })

async function save(edit: { id?: string; slugFrom?: string; source?: string }, published: NeedContent) {
  const { core } = product
  const edits = [{ ...edit, set: { published, status: 'published' } }]
  const change = { parkId: core.park().id, type: 'need', by: 'system:test', why: 'test', edits } as const
  const [saved] = await core.change<NeedContent>(change)
  if (!saved) throw new TypeError('nothing was changed')
  return saved
}

const pageOfBusiness = async () => (await fetch(`${product.url}/businesses/${business.slug}`)).text()
const search = async () => (await newApi(product.url).get(`/needs?q=${encodeURIComponent(SECRET)}`)).body

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  business = await addBusiness(product, { name: { vi: 'Vựa Bảy Thơm' } })
  need = await save({ slugFrom: 'so cho gon', source: 'test' }, content(SECRET, false))
  await product.core.indexing.caughtUp()
})

afterAll(() => product.close())

test('a need made anonymous is at once no longer told with its business, nor are words that were taken out of it', async () => {
  expect(await pageOfBusiness()).toContain(`/needs/${need.slug}`)
  expect(JSON.stringify((await search()).results[0].highlights)).toContain('Thơm')

  await product.core.indexing.stop()
  await save({ id: need.id }, content('Sổ sách lộn xộn', true))

  expect(await pageOfBusiness()).not.toContain(`/needs/${need.slug}`)
  const stale = await search()
  expect(stale.results.map(({ id }: { id: string }) => id)).toEqual([need.id])
  expect(stale.results[0].highlights).toEqual({})
  expect(JSON.stringify(stale)).not.toContain('Thơm')
})

test('nothing of all this was a fault of the product', () => expect(product.faults()).toEqual([]))
