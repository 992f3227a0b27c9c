import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { DAY_MS } from '../../src/kernel/retention.js'
import { addPerson, signedIn } from '../support/accounts.js'
import type { Guest } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let curator: Guest

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  curator = await signedIn(product, await addPerson(product, { staff: 'curator' }), { secondFactor: true })
  const { core } = product
  const parkId = core.park().id
  const now = Date.now()
  const some = async (type: 'provider' | 'need') => {
    const ids: string[] = []
    for await (const { id } of core.records.each(type)) ids.push(id)
    return ids
  }
  const [firms, needs] = [await some('provider'), await some('need')]
  const cases = Array.from({ length: 9 }, (_, i) => ({
    ...{ _id: newId(), parkId, kind: i % 2 ? 'change' : 'new-listing', state: 'open', type: 'provider' },
    ...{ recordId: firms[i], subjectId: null, version: 1, personId: null, note: null, assignedTo: null },
    ...{ createdAt: new Date(now - i * DAY_MS), dueAt: new Date(now - (i - 2.5) * DAY_MS) },
  }))
  const states = ['open', 'accepted', 'declined', 'lapsed', 'accepted'] as const
  const introductions = states.map((state, i) => ({
    ...{ _id: newId(), parkId, needId: needs[i], provider: firms[i], kind: 'request', state, live: false, place: null },
    ...{ createdAt: new Date(now - i * 9 * DAY_MS), version: 1, dueOn: '2026-12-01', outcomes: {} },
  }))
  await core.db.collection<{ _id: string }>('cases').insertMany(cases)
  await core.db.collection<{ _id: string }>('introductions').insertMany(introductions)
  const day = new Date(now).toISOString().slice(0, 10)
  await core.db.collection<{ _id: string }>('searchTerms').insertMany([
    ...['kho lanh', 'may say lua'].map((key) => ({
      ...{
        _id: newId(),
        parkId,
        key,
        text: key,
        days: [{ day, count: 4, missed: 4, forms: [] }],
        count: 4,
        missed: 4,
        shown: true,
        missing: true,
      },
      ...{ first: day, last: day, until: new Date(now + DAY_MS) },
    })),
  ])
}, 300_000)
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

/** How many rows a page says that it has. */
async function rowsBehind(href: string): Promise<number> {
  const { text, status } = await curator.get(href)
  expect(status, href).toBe(200)
  if (/admin\?/.test(href)) return new Set(text.match(/(?<=\/admin\/cases\/)[0-9a-z]{16}/g)).size
  if (href.includes('/taxonomy/searches')) return (text.match(/kho lanh|may say lua/g) ?? []).length > 0 ? 2 : 0
  const lead = /<p class="lead"[^>]*>(.*?)<\/p>/s.exec(text)?.[1] ?? ''
  return Number(lead.replaceAll(',', '').match(/(\d+) (?:rows?|listings?|cases?|waits?|wait)\b/)?.[1] ?? Number.NaN)
}

test('every number of the overview is how many rows stand behind it', async () => {
  const { text } = await curator.get('/en/admin/overview')
  const cells = [...text.matchAll(/<td[^>]*><a href="([^"]*)" aria-label="[^"]*">([\d,]+)<\/a>/g)]
  expect(cells.length).toBeGreaterThan(20)
  const links = cells.map(
    ([, href = '', n]) => [href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='), Number(n)] as const,
  )
  const wrong: string[] = []
  for (const [href, n] of links) {
    const behind = await rowsBehind(href)
    if (behind !== n) wrong.push(`${href}: ${n} shown, ${behind} behind it`)
  }
  expect(wrong).toEqual([])
  for (const part of ['cases?', 'listings?age', 'needs?age', 'introductions?', 'week=', 'late=1', 'band=', 'searches'])
    expect(
      links.some(([href]) => href.includes(part)),
      part,
    ).toBe(true)
}, 300_000)

test('its pictures say in words what they show, and a need with an accepted introduction counts as answered', async () => {
  const { text } = await curator.get('/en/admin/overview')
  const pictures = text.match(/<svg class="chart".*?<\/svg>/gs) ?? []
  expect(pictures).toHaveLength(8)
  for (const svg of pictures) {
    expect(svg).toMatch(/<title id="[\w-]+">[^<]+<\/title><desc id="[\w-]+">[^<]*: \d+/)
  }
  const answered = await product.core.db.collection('introductions').distinct('needId', { state: 'accepted' })
  const { text: rows } = await curator.get('/en/admin/overview/needs')
  const slugs = (await product.core.records.byIds('need', answered as string[])).map(({ slug }) => slug)
  expect(slugs.length).toBe(2)
  for (const slug of slugs) expect(rows).not.toContain(slug)
})
