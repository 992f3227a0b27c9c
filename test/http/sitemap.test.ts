import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROUTES, type RouteSpec } from '../../src/kernel/routes.js'
import type { BusinessProfile } from '../../src/modules/businesses/index.js'
import type { NeedContent } from '../../src/modules/needs/index.js'
import { canonicalOf } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

const PUBLIC_URL = 'https://park.example'

let product: TestProduct
let paths: string[]

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true, env: { PUBLIC_URL } })
  const xml = await (await fetch(`${product.url}/sitemap.xml`)).text()
  paths = Array.from(xml.matchAll(/<loc>([^<]*)<\/loc>/g), ([, address = '']) => address.replace(PUBLIC_URL, ''))
})

afterAll(() => product.close())

describe('sitemap.xml', () => {
  test('is XML of the protocol, its addresses made from PUBLIC_URL', async () => {
    const response = await fetch(`${product.url}/sitemap.xml`, { headers: { 'X-Forwarded-Host': 'evil.example' } })
    const xml = await response.text()
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'application/xml; charset=utf-8'])
    expect(xml).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<urlset xmlns="http:\/\/www.sitemaps.org\/schemas\/sitemap\/0.9">/,
    )
    expect(xml.match(/<loc>/g)?.length).toBe(xml.match(/<loc>https:\/\/park\.example[^<\s"']*<\/loc>/g)?.length)
  })

  test('names each address once, every one in both languages', () => {
    expect(new Set(paths).size).toBe(paths.length)
    const english = paths.filter((path) => /^\/en(\/|$)/.test(path))
    expect(english.map((path) => path.replace(/^\/en/, '') || '/').sort()).toEqual(
      paths.filter((path) => !english.includes(path)).sort(),
    )
  })

  test('leads to pages that answer, want to be found and call themselves by the very address', async () => {
    expect(paths.length).toBeGreaterThan(250)
    const wrong: string[] = []
    // Of pages that are alike each third.
    for (const path of paths.filter((_, n) => n % 3 === 0)) {
      const response = await fetch(product.url + path, { redirect: 'manual' })
      const html = await response.text()
      const own = canonicalOf(html) === PUBLIC_URL + path
      if (response.status !== 200 || html.includes('content="noindex"') || !own)
        wrong.push(`${response.status} ${path}`)
    }
    expect(wrong).toEqual([])
  }, 300_000)

  test('names every page of the catalogue that is meant for it and every firm that is listed', async () => {
    const meant = Object.values<RouteSpec>(ROUTES).flatMap(({ sitemap, path }) => (sitemap ? [path] : []))
    expect(paths).toEqual(expect.arrayContaining(meant))
    for await (const { slug } of product.core.records.each('provider')) expect(paths).toContain(`/providers/${slug}`)
  })

  test('names no business that did not agree, and no need that is not public', async () => {
    for await (const { slug, published } of product.core.records.each<BusinessProfile>('business'))
      expect(paths.includes(`/businesses/${slug}`), slug).toBe(published?.listed === true)
    for await (const { slug, published } of product.core.records.each<NeedContent>('need'))
      expect(paths.includes(`/needs/${slug}`), slug).toBe(published?.visibility === 'public')
  })
})

describe('robots.txt', () => {
  test('keeps robots out of personal pages and names the sitemap', async () => {
    const response = await fetch(`${product.url}/robots.txt`)
    const text = await response.text()
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(text.split('\n')).toEqual([
      'User-agent: *',
      'Disallow: /my-need/',
      'Disallow: /needs/new',
      'Disallow: /en/my-need/',
      'Disallow: /en/needs/new',
      `Sitemap: ${PUBLIC_URL}/sitemap.xml`,
      '',
    ])
  })
})

test('nothing of all this was a fault of the product', () => expect(product.faults()).toEqual([]))
