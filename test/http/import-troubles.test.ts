import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPerson, signedIn } from '../support/accounts.js'
import type { Guest } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { checkedTable, importsAtRest } from '../support/tables.js'

let product: TestProduct
let guest: Guest

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  guest = await signedIn(product, await addPerson(product, { staff: 'curator' }))
})
afterAll(() => product.close())

const stored = (location: string) => product.core.imports.current(location.split('/').at(-1) ?? '')

describe('an import', () => {
  it('is not written from a page that was opened before its columns were renamed', async () => {
    const location = await checkedTable(product, guest, 'externalId,name,name_en,description\nr1,Một,One,Làm\n')
    const old = await guest.get(location)
    await guest.submit(await guest.get(`${location}/columns`), { 'column-1': 'tradeName' })
    await importsAtRest(product)
    const answer = await guest.submit(old)
    expect((await guest.get(answer.location)).text).toContain('đặt lại tên cột')
    expect((await stored(location))?.state).toBe('ready')
  })

  it.each([
    ['checking', 'mapping', '/columns'],
    ['committing', 'stopped', ''],
  ])(
    'whose work fails time and again while %s is given up, says so, and can be begun anew',
    async (at, state, page) => {
      // The trouble is not with the first rows, which go well each time.
      const rest = Array.from({ length: 300 }, (_, i) => `${at}${i},Số ${i},Làm ${i}`)
      const location = await checkedTable(product, guest, `externalId,name,description\n${rest.join('\n')}\n`)
      const id = location.split('/').at(-1) ?? ''
      const rows = product.core.db.collection<{ importId: string; n: number; cells: unknown }>('importRows')
      const last = { importId: id, n: 300 }
      const before = await rows.findOne(last)
      const form = await guest.get(at === 'checking' ? `${location}/columns` : location)
      await rows.updateOne(last, { $set: { cells: null } })
      await guest.submit(form)
      for (let time = 1; (await stored(location))?.state === at; time++) {
        expect(time).toBeLessThanOrEqual(6)
        await product.core.imports.step(id, { set: { workUntil: new Date(0) }, expect: { state: at as 'checking' } })
        await importsAtRest(product)
      }
      expect(await stored(location)).toMatchObject({ state, gaveUp: true, failures: 5, worker: null })
      expect(product.faults().filter((line) => line.includes(id))).toHaveLength(5)

      await rows.updateOne(last, { $set: { cells: before?.cells } })
      expect((await guest.get(`${location}${page}`)).text).toContain(`gửi người trông máy chủ mã này: ${id}`)
      if (at === 'checking') await guest.submit(await guest.get(`${location}/columns`))
      else await guest.post(`${location}/acts/undo`, {})
      await importsAtRest(product)
      expect(await stored(location)).toMatchObject({ state: at === 'checking' ? 'ready' : 'undone', gaveUp: false })
    },
  )
})
