import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPerson, signedIn } from '../support/accounts.js'
import type { Guest } from '../support/guest.js'
import { mainOf, textOf } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let curator: Guest
const parkId = () => product.core.park().id

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const texts = async () => (await product.core.reasons.inForce(parkId(), 'need')).map(({ text }) => text.vi)
const acts = async () =>
  (await product.core.db.collection('audit').find({ type: 'reason' }).sort({ at: 1 }).toArray()).map(
    ({ action }) => action,
  )

describe('the reasons to refuse', () => {
  test('are there for every kind from the start, in both languages', async () => {
    const page = textOf(mainOf((await curator.get('/admin/reasons')).text))
    for (const { text } of await product.core.reasons.all(parkId())) {
      expect(page).toContain(text.vi)
      expect(page).toContain(text.en)
    }
    for (const kind of ['new-listing', 'change', 'need', 'claim'] as const)
      expect((await product.core.reasons.inForce(parkId(), kind)).length).toBeGreaterThan(1)
  })

  test('are added, moved, retired and used again, each act in the audit log', async () => {
    const first = await texts()
    const want = { kind: 'need', vi: 'Chưa rõ việc cần làm.', en: 'It is not clear what is wanted.' }
    expect((await curator.post('/admin/reasons', { ...want, en: '' })).status).toBe(422)
    expect((await curator.post('/admin/reasons', want)).status).toBe(303)
    const added = (await product.core.reasons.inForce(parkId(), 'need')).at(-1)
    const act = (name: string) => curator.post(`/admin/reasons/${added?._id}`, { act: name })
    expect((await act('up')).status).toBe(303)
    expect((await texts()).at(-2)).toBe(want.vi)
    await act('retire')
    expect(await texts()).toEqual(first)
    await act('restore')
    expect(await texts()).toContain(want.vi)
    expect(await acts()).toEqual(['reason.add', 'reason.move', 'reason.retire', 'reason.restore'])
  })

  test('who writes one that another has written meanwhile sees that text and loses nothing he typed', async () => {
    const [row] = await product.core.reasons.inForce(parkId(), 'claim')
    const path = `/admin/reasons/${row?._id}`
    await curator.get(path)
    const write = (vi: string) => curator.post(path, { version: String(row?.version), vi, en: 'English' })
    expect((await write('Bản thứ nhất')).status).toBe(303)
    const late = await write('Bản thứ hai')
    expect(late.status).toBe(409)
    expect(late.text).toContain('value="Bản thứ hai"')
    expect(textOf(late.text)).toContain('Bản thứ nhất')
  })
})
