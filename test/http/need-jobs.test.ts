import { afterAll, beforeAll, expect, it } from 'vitest'
import { adoptNeeds, expireNeeds, forgetGuests, type NeedContent, needContent } from '../../src/modules/needs/index.js'
import { peopleModels } from '../../src/modules/people/people.model.js'
import { addPerson } from '../support/accounts.js'
import { formOf, newGuest } from '../support/guest.js'
import { postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let now = new Date('2026-11-24T03:00:00Z')

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
})
afterAll(() => product.close())

async function publish(title: string, deadline?: string) {
  const [need] = await product.core.change<NeedContent>({
    parkId: product.core.park().id,
    type: 'need',
    by: 'system:test',
    why: 'for a test',
    edits: [
      {
        slugFrom: title,
        source: 'test',
        set: {
          status: 'published',
          published: needContent.parse({ title: { vi: title }, problem: { vi: title }, deadline }),
        },
      },
    ],
  })
  return need?.id ?? ''
}

const statusOf = async (id: string) => (await product.core.records.byId('need', id))?.status

const postAs = async (email: string) => (await postNeed(newGuest(product.url), {}, { email })).location

async function withdraw(location: string) {
  const holder = newGuest(product.url)
  const page = await holder.get(location)
  expect(formOf(page.text).action).toBe(`${location}/withdraw`)
  expect((await holder.submit(page)).status).toBe(303)
}

it('a need whose last day is over in the park expires, one whose last day it is does not', async () => {
  const over = await publish('Hôm qua là hạn', '2026-11-23')
  const today = await publish('Hôm nay là hạn', '2026-11-24')
  const open = await publish('Không có hạn')
  expect(await expireNeeds({ ...product.core, onEnd: async () => {} }, product.core.park())).toBe(1)
  expect([await statusOf(over), await statusOf(today), await statusOf(open)]).toEqual([
    'expired',
    'published',
    'published',
  ])
  expect(await expireNeeds({ ...product.core, onEnd: async () => {} }, product.core.park())).toBe(0)
  // Seven o'clock in the evening in London is the next day in Vietnam.
  now = new Date('2026-11-24T19:00:00Z')
  expect(await expireNeeds({ ...product.core, onEnd: async () => {} }, product.core.park())).toBe(1)
  expect(await statusOf(today)).toBe('expired')
})

it('a guest is forgotten twelve months after his need has ended, and not before', async () => {
  const ended = await postAs('da-dong@tiem.example')
  const open = await postAs('con-mo@tiem.example')
  await withdraw(ended)
  const { people } = peopleModels(product.core.db)
  const addresses = async () => (await people.find({}).lean()).map(({ email }) => email).sort()

  now = new Date('2027-11-23T00:00:00Z')
  await forgetGuests(product.core, product.core.park())
  expect(await addresses()).toEqual(['con-mo@tiem.example', 'da-dong@tiem.example'])

  now = new Date('2027-11-26T00:00:00Z')
  await forgetGuests(product.core, product.core.park())
  expect(await addresses()).toEqual(['con-mo@tiem.example', null].sort())
  expect((await newGuest(product.url).get(ended)).status).toBe(404)
  expect((await newGuest(product.url).get(open)).status).toBe(200)
  expect(await product.core.db.collection('mails').countDocuments({ to: 'da-dong@tiem.example' })).toBe(0)
})

it('forgetting takes the words too: of the need, of all its versions, and of its address', async () => {
  const holds = async (collection: string, words: string) => {
    const rows = await product.core.db.collection(collection).find({}).toArray()
    return rows.some((row) => JSON.stringify(row).includes(words))
  }
  const words = 'Máy ấp trứng cúp điện lúc nửa đêm'
  const guest = newGuest(product.url)
  const { location } = await postNeed(guest, {}, { title: words, email: 'ap-trung@tiem.example' })
  await withdraw(location)
  expect(await holds('needs', words)).toBe(true)
  expect(await holds('versions', words)).toBe(true)

  now = new Date('2029-01-01T00:00:00Z')
  await forgetGuests(product.core, product.core.park())
  for (const collection of ['needs', 'versions', 'slugs', 'mails'])
    expect(await holds(collection, words), collection).toBe(false)
  expect(await product.core.db.collection('consents').countDocuments({ withdrawnAt: null })).toBe(1)
})

it('a guest’s need that names no day ends by itself a year after its last change', async () => {
  await postAs('quen-mat@tiem.example')
  const submitted = async () => {
    const found = []
    for await (const need of product.core.records.withStatus<NeedContent>('need', product.core.park().id, 'submitted'))
      found.push(need.id)
    return found.length
  }
  const before = await submitted()
  now = new Date('2030-03-01T00:00:00Z')
  await expireNeeds({ ...product.core, onEnd: async () => {} }, product.core.park())
  expect(before).toBeGreaterThan(0)
  expect(await submitted()).toBe(0)
})

it('forgetting a need that somebody with an account has adopted leaves his account alone', async () => {
  const email = 'co-tai-khoan@tiem.example'
  const link = (await postNeed(newGuest(product.url), {}, { email, title: 'Tem cho khóm của vườn nhà' })).location
  const { personId } = await addPerson(product, { email })
  const parkId = product.core.park().id
  await adoptNeeds(product.core)({ parkId, personId, email })
  expect((await newGuest(product.url).get(link)).location).toMatch(/^\/account\/needs\//)
  const [mine] = await product.core.records.ownedBy<NeedContent>('need', parkId, personId)
  expect(mine?.status).toBe('submitted')
  await product.core.change<NeedContent>({
    ...{ parkId, type: 'need', by: personId, why: 'withdrawn by its owner' },
    edits: [{ id: mine?.id ?? '', set: { status: 'closed' } }],
  })
  now = new Date(now.getTime() + 400 * 86_400_000)
  await forgetGuests(product.core, product.core.park())
  const [need] = await product.core.records.ownedBy<NeedContent>('need', parkId, personId)
  expect([need?.working, need?.published]).toEqual([null, null])
  expect(await product.core.people.byId(personId)).toMatchObject({ email, hasAccount: true, erasedAt: null })
})
