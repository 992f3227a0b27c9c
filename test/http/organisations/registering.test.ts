import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BusinessProfile, businessProfile } from '../../../src/modules/businesses/index.js'
import type { NeedContent } from '../../../src/modules/needs/index.js'
import { type ProviderProfile, providerProfile } from '../../../src/modules/providers/index.js'
import { addPerson, signedIn } from '../../support/accounts.js'
import { newGuest } from '../../support/guest.js'
import { linksIn, mainOf, textOf } from '../../support/html.js'
import { guestNeeds, postNeed } from '../../support/posting.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const person = async () => {
  const added = await addPerson(product)
  return { ...added, browser: await signedIn(product, added) }
}
const NEW = '/organisations/new'
const DESCRIPTION = 'Gom số liệu rải rác thành một bảng để chủ đọc mỗi sáng.'
const idIn = (location: string) => location.replace('/organisations/', '')

async function add<C>(type: 'provider' | 'business', published: C | null, working: C | null = null) {
  const { core } = product
  const [record] = await core.change<C>({
    ...{ parkId: core.park().id, type, by: 'system:test', why: 'a record of the test' },
    edits: [{ slugFrom: 'a record', source: 'test', set: { published, working } }],
  })
  return record
}

describe('registering', () => {
  test('a person without any is shown three ways on', async () => {
    const { browser } = await person()
    const page = await browser.get('/organisations')
    const ways = linksIn(mainOf(page.text)).map(({ href }) => href)
    expect(ways).toEqual(['/providers', `${NEW}?kind=provider`, `${NEW}?kind=business`])
  })

  test('entering a firm shows nobody what is meant for the park’s firms; the curators’ yes does', async () => {
    const { core } = product
    await postNeed(newGuest(product.url))
    const [need] = await guestNeeds(product)
    if (!need?.working) throw new Error('no need was posted')
    const parkId = core.park().id
    const change = { parkId, by: 'system:test', why: 'for a test' }
    const forPark = { ...need.working, visibility: 'park' as const }
    const [shown] = await core.change<NeedContent>({
      ...{ ...change, type: 'need' },
      edits: [{ id: need.id, set: { published: forPark, working: null, status: 'published' } }],
    })
    const { browser } = await person()
    const form = await browser.get(`${NEW}?kind=provider`)
    const sent = await browser.submit(form, { name: 'Rạch Cạn', description: DESCRIPTION, services: ['data-ai'] })
    const id = idIn(sent.location)
    expect((await browser.get(`/needs/${shown?.slug}`)).status).toBe(404)
    expect((await browser.get(`/needs/${shown?.slug}/offer`)).status).toBe(404)
    const record = await core.records.byId<ProviderProfile>('provider', id)
    await core.change<ProviderProfile>({
      ...{ ...change, type: 'provider' },
      edits: [{ id, set: { published: record?.working ?? null, working: null } }],
    })
    expect((await browser.get(`/needs/${shown?.slug}`)).status).toBe(200)
  })

  test('a new firm waits for the curators, seen by nobody but its owner, with no say over what the park decides', async () => {
    const { browser, personId } = await person()
    const form = await browser.get(`${NEW}?kind=provider`)
    const sent = await browser.submit(form, {
      name: 'Rạch Sâu',
      description: DESCRIPTION,
      services: ['data-ai', 'erp-mes'],
    })
    expect(sent.status).toBe(303)
    const id = idIn(sent.location)
    const record = await product.core.records.byId<ProviderProfile>('provider', id)
    expect(record).toMatchObject({ published: null, source: 'member', version: 1 })
    expect(record?.working).toMatchObject({
      ...{ name: { vi: 'Rạch Sâu' }, park: { status: 'applying' } },
      services: [{ service: 'data-ai' }, { service: 'erp-mes' }],
    })
    expect(await product.core.memberships.of(personId)).toEqual([{ type: 'provider', organisation: id, role: 'owner' }])
    expect(await product.core.cases.latest(id, ['new-listing'])).toMatchObject({ state: 'open', version: 1, personId })
    expect((await browser.get(`/providers/${record?.slug}`)).status).toBe(404)
    expect((await browser.get(`/organisations/${id}/preview`)).status).toBe(200)
    expect((await browser.submit(form, { name: 'Rạch Sâu', description: DESCRIPTION })).location).toBe(sent.location)
  })

  test('a form sent twice at the very same moment makes one record', async () => {
    const { browser, personId } = await person()
    const form = await browser.get(`${NEW}?kind=business`)
    const fields = { name: 'Tiệm Cô Út', kind: 'household', description: DESCRIPTION }
    const sent = await Promise.all([browser.submit(form, fields), browser.submit(form, fields)])
    expect(new Set(sent.map(({ location }) => location)).size).toBe(1)
    expect(await product.core.memberships.of(personId)).toHaveLength(1)
  })

  test('a business is not shown to anybody unless it says so', async () => {
    const { browser } = await person()
    const fields = { name: 'Lò bánh Bà Tư', kind: 'household', description: DESCRIPTION }
    const sent = await browser.submit(await browser.get(`${NEW}?kind=business`), fields)
    const record = await product.core.records.byId<BusinessProfile>('business', idIn(sent.location))
    expect(record?.working).toMatchObject({ kind: 'household', listed: false })
  })

  test.each([
    { name: '', description: DESCRIPTION },
    { name: 'Vàm', description: 'ngắn' },
    { name: 'Vàm', description: DESCRIPTION, taxCode: '0100047517' },
    { name: 'Vàm', description: DESCRIPTION, services: 'no-such-service' },
    { name: 'Vàm', description: DESCRIPTION, 'park.status': 'resident' },
    { name: 'Vàm', description: DESCRIPTION, source: 'import' },
  ])('nothing is made of %j', async (fields) => {
    const { browser, personId } = await person()
    const page = await browser.submit(await browser.get(`${NEW}?kind=provider`), fields)
    expect(page.status).toBe(422)
    expect(await product.core.memberships.of(personId)).toEqual([])
  })

  test('no more than five wait for the curators from one person', async () => {
    const { browser } = await person()
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) {
      const form = await browser.get(`${NEW}?kind=provider`)
      statuses.push((await browser.submit(form, { name: `Nhóm thứ ${i}`, description: DESCRIPTION })).status)
    }
    expect(statuses).toEqual([303, 303, 303, 303, 303, 422])
  })
})

describe('one that is there already', () => {
  const firm = (over: Partial<ProviderProfile>) =>
    providerProfile.parse({
      name: { vi: 'Công ty Cầu Ván' },
      description: { vi: 'x' },
      park: { status: 'resident' },
      ...over,
    })
  const tryFirm = async (fields: Record<string, string>) => {
    const { browser } = await person()
    const form = await browser.get(`${NEW}?kind=provider`)
    return { browser, page: await browser.submit(form, { description: DESCRIPTION, ...fields }) }
  }

  test('of the same name, whatever its accents, leads to claiming it; who knows it is another goes on', async () => {
    const record = await add('provider', firm({ tradeName: 'Cầu Ván' }))
    const { browser, page } = await tryFirm({ name: 'cau  van' })
    expect(page.status).toBe(422)
    expect(page.text).toContain(`/providers/${record?.slug}/claim`)
    expect((await browser.submit(page, { different: 'on' })).status).toBe(303)
  })

  test('of the same tax code is the same, whatever its name', async () => {
    await add('provider', firm({ name: { vi: 'Công ty Bến Lức' }, taxCode: '0100047516' }))
    const { browser, page } = await tryFirm({ name: 'Tên khác', taxCode: '010 004 7516' })
    expect(page.status).toBe(422)
    expect((await browser.submit(page, { different: 'on' })).status).toBe(422)
  })

  test('that is not public is not named', async () => {
    const hidden = businessProfile.parse({
      ...{ name: { vi: 'Xưởng Kín Tiếng' }, kind: 'enterprise', description: { vi: 'x' }, taxCode: '0314409058' },
    })
    await add('business', hidden)
    const { browser } = await person()
    const fields = { kind: 'enterprise', description: DESCRIPTION }
    const form = await browser.get(`${NEW}?kind=business`)
    const page = await browser.submit(form, { ...fields, name: 'Nơi khác', taxCode: '0314409058' })
    expect(page.status).toBe(422)
    expect(textOf(page.text)).not.toContain('Kín Tiếng')
    const namesake = await browser.submit(await browser.get(`${NEW}?kind=business`), {
      ...fields,
      name: 'Xưởng Kín Tiếng',
    })
    expect(namesake.status).toBe(303)
  })
})
