import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { type AuditRow, recordModels } from '../../src/platform/records/record.model.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import type { Guest } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let administrator: TestPerson
let browser: Guest

const DAY = Date.parse('2026-03-02T17:00:00Z')
const noted = (i: number, over: Partial<AuditRow> = {}) => ({
  ...{ _id: newId(), parkId: product.core.park().id, at: new Date(DAY + Math.floor(i / 3) * 60_000), by: 'lan' },
  ...{ action: 'create', type: 'provider', recordId: `r${i}`, version: 1, batch: null, ...over },
})

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  administrator = await addPerson(product, { staff: 'administrator', name: 'Huỳnh Kim Phượng' })
  browser = await signedIn(product, administrator, { secondFactor: true })
  const { audit } = recordModels(product.core.db)
  await audit.insertMany(Array.from({ length: 120 }, (_, i) => noted(i)))
  await audit.insertMany([
    noted(0, { action: 'import', by: 'minh', batch: 'tep-1', recordId: 'imported', version: 2 }),
    noted(0, { action: 'case-approved', by: administrator.personId, type: 'case', details: { kind: '=1+1' } }),
    noted(3 * 60 * 24, { action: 'archive', recordId: 'next-day' }),
  ])
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const idsOn = async (query: string) => {
  const { text, status } = await browser.get(`/en/admin/audit?${query}`)
  expect(status).toBe(200)
  return { text, ids: [...text.matchAll(/Firm (r\d+|imported|next-day)</g)].map(([, id]) => id ?? '') }
}

const href = (text: string, rel: 'next' | 'prev') =>
  new RegExp(`rel="${rel}" href="/en/admin/audit\\?([^"]*)"`)
    .exec(text)?.[1]
    ?.replaceAll('&amp;', '&')
    .replaceAll('&#x3D;', '=')

describe('the audit log', () => {
  test('is walked to its end and back, and shows every entry once', async () => {
    const seen: string[][] = []
    let page = await idsOn('action=create')
    for (let walked = 0; walked < 5; walked++) {
      seen.push(page.ids)
      const next = href(page.text, 'next')
      if (!next) break
      page = await idsOn(next)
    }
    expect(seen.map(({ length }) => length)).toEqual([50, 50, 20])
    expect(new Set(seen.flat()).size).toBe(120)
    const back = await idsOn(href(page.text, 'prev') ?? '')
    expect(back.ids).toEqual(seen[1])
    expect((await idsOn(href(back.text, 'prev') ?? '')).ids).toEqual(seen[0])
  })

  test.each([
    ['action=import', ['imported']],
    ['by=minh', ['imported']],
    ['record=r7', ['r7']],
    ['batch=tep-1', ['imported']],
    ['by=lan&action=archive', ['next-day']],
    // Days are the park's, seven hours ahead.
    ['from=2026-03-04&to=2026-03-04', ['next-day']],
    ['from=2026-03-04&to=2026-03-03', []],
    ['action=import&by=lan', []],
    ['from=0001-01-01&to=9999-12-31&by=lan&action=archive', ['next-day']],
  ])('narrowed by %s holds what fits', async (query, expected) => {
    expect((await idsOn(query)).ids).toEqual(expected)
  })

  test('says each entry in words, names the park’s own people, and leads to what it is about', async () => {
    const { text } = await idsOn(`by=${administrator.personId}&action=case-approved`)
    expect(text).toContain('Approved a case')
    expect(text).toContain('Huỳnh Kim Phượng')
    expect(text).toMatch(/href="\/en\/admin\/cases\/r0"/)
    const { text: vietnamese } = await browser.get('/admin/audit?action=import')
    expect(vietnamese).toContain('Nhập từ tệp')
    expect(vietnamese).toContain('Người minh')
  })

  test('is downloaded as it is filtered, without formulas, and the download is in the log', async () => {
    const { text, headers } = await browser.get(
      `/en/admin/audit/export?type=case&by=${administrator.personId}&action=case-approved`,
    )
    expect(headers['content-disposition']).toMatch(/audit-\d{4}-\d\d-\d\d\.csv/)
    const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ action: 'case-approved', words: 'Approved a case', details: '{"kind":"=1+1"}' })
    const all = await browser.get('/admin/audit/export?action=create')
    expect(parse(all.text, { bom: true, columns: true })).toHaveLength(120)
    expect((await idsOn('action=audit.export')).text).toContain('act: case-approved')
  })
})
