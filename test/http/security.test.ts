import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { can, VISITOR } from '../../src/kernel/permissions.js'
import { localPath, ROUTES, type RouteName, type RouteSpec } from '../../src/kernel/routes.js'
import { LANGUAGES, type Lang } from '../../src/kernel/text.js'
import { linksIn } from '../support/html.js'
import { activeMarkupIn, elementsIn } from '../support/markup.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { EXPECTED } from '../support/rights-table.js'
import { addRoles, type Roles } from '../support/roles.js'

const PUBLIC_URL = 'http://park.example:8080'

let product: TestProduct
let roles: Roles

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true, env: { PUBLIC_URL } })
  roles = await addRoles(product)
})

afterAll(() => product.close())

/** Pages that visitors are shown, with what they are answered. */
const PAGES = (Object.entries(ROUTES) as [RouteName, RouteSpec][])
  .filter(([, { kind, method, action }]) => kind === 'page' && method === 'GET' && can(VISITOR, action))
  .flatMap(([name, { path }]) => LANGUAGES.map((lang) => ({ name, lang, path, found: statusFor(name) })))
  .filter(({ found }) => found !== 303)

function statusFor(name: RouteName): number {
  const { status } = EXPECTED[name]
  return typeof status === 'number' ? status : status.visitor
}

const addressOf = (name: RouteName, lang: Lang) => localPath(EXPECTED[name].path(roles), lang)

/** Pages that are only read, and so set no cookie; on any other one may find a form, with a token and its cookie. */
const READ = new Set<string>([
  ...['home', 'about', 'privacy', 'demand', 'match'],
  ...['providers.list', 'providers.show', 'businesses.list', 'businesses.show', 'needs.list', 'needs.show'],
])

/** Files that are taken away and not shown. */
const DOWNLOADS = new Set<string>(['needs.copy'])

describe.each(PAGES)('the page $name in $lang', ({ name, lang, found }) => {
  test('answers in its language, with nothing that runs or styles by itself and no cookie for who only reads', async () => {
    const response = await fetch(product.url + addressOf(name, lang))
    const html = await response.text()
    expect(response.status).toBe(found)
    if (DOWNLOADS.has(name)) {
      expect(response.headers.get('Content-Disposition')).toMatch(/^attachment; filename="?[\w.-]+"?$/)
      return
    }
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(
      elementsIn(html)
        .find((e) => e.name === 'html')
        ?.attributes.get('lang'),
    ).toBe(lang)
    expect(activeMarkupIn(html)).toEqual([])
    const cookies = response.headers.getSetCookie()
    if (!READ.has(name) && html.includes('name="_csrf"'))
      expect(cookies).toEqual([expect.stringMatching(/^csrf=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/)])
    else expect(cookies).toEqual([])
  })

  test('comes with a policy that allows nothing inline, and with the other security headers', async () => {
    const { headers } = await fetch(product.url + addressOf(name, lang))
    const policy = headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).not.toMatch(/unsafe-|\*|data:|https?:/)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('X-Frame-Options')).toBe('DENY')
    expect(headers.get('Referrer-Policy')).toMatch(/^(same-origin|no-referrer)$/)
    expect(headers.get('X-Powered-By')).toBeNull()
    expect(headers.get('Cache-Control')).toMatch(/^(private, no-cache|no-store)$/)
    expect(headers.get('X-Request-Id')).toMatch(/^\w{16}$/)
  })

  test('answers HEAD without a body, and refuses other methods with what is allowed', async () => {
    const address = product.url + addressOf(name, lang)
    const head = await fetch(address, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([found, ''])
    for (const method of ['PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
      const response = await fetch(address, { method })
      expect([method, response.status]).toEqual([method, 405])
      expect(response.headers.get('Allow')).toMatch(/^GET, HEAD(, POST)?$/)
      expect(await response.text()).toContain(`<html lang="${lang}">`)
    }
  })

  test('takes its own address from PUBLIC_URL, whatever host it is asked by', async () => {
    const headers = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', Forwarded: 'host=evil.example' }
    const html = await (await fetch(product.url + addressOf(name, lang), { headers })).text()
    expect(html).not.toContain('evil.example')
    expect(html).not.toContain(new URL(product.url).host)
  })
})

describe('links', () => {
  test('of the pages that a visitor meets first lead somewhere', async () => {
    const seen = new Set<string>()
    const dead: string[] = []
    for (const { path, lang } of PAGES.filter(({ path, found }) => !path.includes(':') && found === 200)) {
      const html = await (await fetch(product.url + localPath(path, lang))).text()
      for (const { href } of linksIn(html)) {
        const address = href.split('#')[0] ?? ''
        // One of each kind is enough: a list's rows and filters are all made alike.
        const kind = address
          .replace(/=[^&]*/g, '=')
          .replace(/^((?:\/en)?\/(?:providers|businesses|needs)\/)(?!new).+/, '$1')
        if (!address.startsWith('/') || seen.has(kind)) continue
        seen.add(kind)
        const { status } = await fetch(product.url + address)
        if (status !== 200) dead.push(`${status} ${address}`)
      }
    }
    expect(seen.size).toBeGreaterThan(30)
    expect(dead).toEqual([])
  }, 300_000)
})

describe('cookies', () => {
  const at = async (path: string, cookie: string) => {
    const response = await fetch(product.url + path, { headers: { Cookie: cookie } })
    return response.status
  }

  test.each([
    'sid=j:[1]',
    'sid=j:{"a":1}; csrf=j:null',
    'csrf=j:{"a":1}',
    'sid=s%3A.; csrf=|',
    'sid=%E0%A4%A; csrf=%00',
    '__proto__=x; constructor=y; sid[$gt]=',
    `sid=s:${'a'.repeat(20_000)}`,
    `${Array.from({ length: 3000 }, (_, i) => `a${i}=1`).join('; ')}`,
    '=; ;;; ,=,',
  ])('that make no sense are taken for none: %s', async (cookie) => {
    for (const path of ['/', '/needs/new', '/providers', '/my-need/x'])
      expect([200, 404]).toContain(await at(path, cookie))
  })

  test('of a session are not taken from outside: a guest who brings one gets another', async () => {
    const forged = 's%3AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    const page = await fetch(`${product.url}/needs/new`, { headers: { Cookie: `sid=${forged}` } })
    const csrf = page.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const token = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
    const started = await fetch(`${product.url}/needs/new`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: `sid=${forged}; ${csrf}` },
      body: new URLSearchParams({ _csrf: token, problem: 'Vựa mít cần phần mềm kế toán cho gọn' }),
    })
    expect(started.status).toBe(303)
    const [sid] = started.headers.getSetCookie()
    expect(sid).toMatch(/^sid=s%3A[\w-]{32}\.[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/)
    expect(sid).not.toContain(forged)
  })

  test('are bound to the host and to https where the site is reached over https', async () => {
    const secure = await startTestProduct({ unlimited: true, env: { PUBLIC_URL: 'https://park.example' } })
    try {
      const { headers } = await fetch(`${secure.url}/needs/new`)
      expect(headers.getSetCookie()).toEqual([
        expect.stringMatching(/^__Host-csrf=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
      ])
      expect(headers.get('Strict-Transport-Security')).toBe('max-age=31536000')
    } finally {
      await secure.close()
    }
  })
})

describe('assets', () => {
  test('are the ones a page names, to be kept for good', async () => {
    const html = await (await fetch(product.url)).text()
    const addresses = Array.from(html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g), ([, address = '']) => address)
    expect(addresses.length).toBeGreaterThanOrEqual(5)
    for (const address of addresses) {
      const { status, headers } = await fetch(product.url + address)
      expect([status, headers.get('Cache-Control')]).toEqual([200, 'public, max-age=31536000, immutable'])
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    }
  })

  test.each([
    '/assets/x/css/site.css',
    '/assets/x/..%2f..%2fpackage.json',
    '/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/assets/x/css%5c..%5csite.css',
    '/assets/__proto__/constructor',
    '/assets/x',
    '/assets/',
  ])('are no way to anything else: %s', async (path) => {
    expect((await fetch(product.url + path)).status).toBe(404)
  })
})

test('nothing of all this was a fault of the product', () => expect(product.faults()).toEqual([]))
