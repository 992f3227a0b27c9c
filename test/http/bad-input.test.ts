import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { localPath, ROUTES, type RouteSpec } from '../../src/kernel/routes.js'
import { LANGUAGES } from '../../src/kernel/text.js'
import { type Guest, newGuest } from '../support/guest.js'
import { mainOf } from '../support/html.js'
import { activeMarkupIn } from '../support/markup.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { sendRaw } from '../support/raw-request.js'

const STORY = 'Tiệm tạp hóa nhỏ, cuối ngày cộng sổ hay lệch, muốn bấm máy cho nhanh'

let product: TestProduct
let seqBefore: number

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
})

afterAll(() => product.close())

beforeEach(async () => {
  seqBefore = await product.core.records.lastSeq()
})

afterEach(async () => {
  expect(await product.core.records.lastSeq(), 'nothing was changed').toBe(seqBefore)
  expect(product.faults(), 'nothing was a fault').toEqual([])
})

async function get(path: string) {
  const response = await fetch(product.url + path, { redirect: 'manual' })
  return { status: response.status, html: await response.text() }
}

describe('an address that does not exist', () => {
  test.each([
    ['/khong-co', 'vi'],
    ['/en/nothing', 'en'],
    ['/en/providers/no-such-firm', 'en'],
    ['/needs/no-such-need', 'vi'],
    ['/businesses/no-such-business', 'vi'],
    ['/Providers', 'vi'],
    ['/english', 'vi'],
    ['//evil.example', 'vi'],
    ['/en//evil.example', 'en'],
    ['/en/%5cevil.example', 'en'],
    ['/providers/%2e%2e%2f%2e%2e%2fetc%2fpasswd', 'vi'],
    ['/.env', 'vi'],
    ['/.git/config', 'vi'],
    ['/wp-login.php', 'vi'],
  ])('%s gives a page in the language of its beginning that helps on', async (path, lang) => {
    const { status, html } = await get(path)
    expect(status).toBe(404)
    expect(html).toContain(`<html lang="${lang}">`)
    expect(html).toContain('<meta name="robots" content="noindex">')
    expect(activeMarkupIn(html), 'no link leads to another site').toEqual([])
    expect(mainOf(html)).toContain(`action="${lang === 'en' ? '/en' : ''}/providers"`)
  })
})

describe('an address that cannot be read', () => {
  test.each(['/%E0%A4%A', '/%00', '/providers/%00', '/en/needs/%ff', '/my-need/%', '/needs/new/%c0%af/details'])(
    '%s is refused with a page',
    async (path) => {
      const { status, html } = await get(path)
      expect(status).toBe(400)
      expect(html).toContain(`<html lang="${path.startsWith('/en') ? 'en' : 'vi'}">`)
    },
  )

  test.each([
    ['climbs out of the site', 'GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', [400, 404]],
    [
      'is that of another site',
      'GET http://evil.example/providers HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      [200, 404],
    ],
    ['holds raw bytes', 'GET /providers?q=k\u1ebf HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', [200, 400]],
    ['is no request at all', 'x\r\n\r\n', [400]],
    ['has no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
    [
      'is of two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      [400],
    ],
    ['is longer than 64 kB', `GET /providers?q=${'a'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, [431]],
    ['comes with 70 kB of cookies', `GET / HTTP/1.1\r\nHost: x\r\nCookie: a=${'a'.repeat(70_000)}\r\n\r\n`, [431]],
    ['comes with a header in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n', [400]],
    ['is of slashes alone', 'GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', [200, 404]],
    ['is of another host that is none', 'GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', [400, 404]],
    ['has a port that is none', 'GET //x:99999999/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', [400, 404]],
  ])('and %s is answered and nothing more', async (_, request, statuses) => {
    const { status, text } = await sendRaw(product.url, request)
    expect(statuses).toContain(status)
    expect(text).not.toMatch(/root:|evil\.example/)
  })
})

const MANGLED = [
  'page=-1',
  'page=0',
  'page=abc',
  'page=1e9',
  'page=99999999999999999999',
  'page=1&page=2x',
  'sort=price&sort=name;drop',
  'sector=no-such-sector',
  'sector[$ne]=x&sector[]=rice',
  'sector=__proto__&ward=constructor',
  'ward=00000&ward=abc',
  'state=nonsense&status=nonsense&kind=nonsense&size=nonsense&language=zz',
  'literal=yes',
  '__proto__=x&constructor=y&toString=z&unknown=1',
  '$where=sleep(1)&%24gt=',
  'q=',
  'q=%20%20%00',
  'q[$gt]=',
  '&&&=&=x&?',
  '%',
  '%E0%A4%A=%E0%A4%A',
]

describe.each(['/providers', '/businesses', '/needs', '/en/needs'])('the list %s', (list) => {
  test.each(MANGLED)('takes %s for nothing asked', async (query) => {
    const [plain, odd] = await Promise.all([get(list), get(`${list}?${query}`)])
    const rows = (html: string) => html.match(/<h3><a href="[^"?]*"/g)
    expect(odd.status).toBe(200)
    expect(rows(odd.html)).toEqual(rows(plain.html))
  })

  test('takes the first of a word given twice, and many values of a filter as far as they make sense', async () => {
    expect((await get(`${list}?q=kế&q=toán`)).status).toBe(200)
    const many = Array.from({ length: 2000 }, (_, i) => `sector=s${i}`).join('&')
    expect((await get(`${list}?${many}&sector=rice`)).status).toBe(200)
  })

  test('survives words of any length', async () => {
    for (const q of ['a'.repeat(60_000), 'a+'.repeat(20_000), '%F0%9F%92%A9'.repeat(4_000), '%CC%81'.repeat(9_000)])
      expect((await get(`${list}?q=${q}`)).status).toBe(200)
  })
})

/** Each form once, the languages by turns: one middleware refuses for both. */
const POSTS = Object.values<RouteSpec>(ROUTES)
  .filter(({ kind, method }) => kind === 'page' && method === 'POST')
  .map(({ path }, nth) =>
    localPath(path.replace(':step', 'problem').replace(/:\w+/g, 'x'), LANGUAGES[nth % LANGUAGES.length] ?? 'vi'),
  )

describe.each(POSTS)('a form sent to %s', (path) => {
  const withToken = async (): Promise<Guest> => {
    const guest = newGuest(product.url)
    await guest.get('/needs/new')
    return guest
  }

  test.each([
    ['no token', {}],
    ['an empty token', { _csrf: '' }],
    ['a wrong token', { _csrf: 'a'.repeat(64) }],
    ['two tokens', { _csrf: ['a', 'b'] }],
  ])('with %s is refused', async (_, fields) => {
    const guest = await withToken()
    expect((await guest.post(path, { problem: STORY, ...fields }, { token: false })).status).toBe(403)
  })

  test('with a token of somebody else is refused', async () => {
    const other = await newGuest(product.url).get('/needs/new')
    const token = /name="_csrf" value="([^"]+)"/.exec(other.text)?.[1] ?? ''
    const guest = await withToken()
    expect((await guest.post(path, { problem: STORY, _csrf: token })).status).toBe(403)
    expect((await newGuest(product.url).post(path, { problem: STORY, _csrf: token })).status).toBe(403)
  })

  test('from another site is refused, and what it says is not shown', async () => {
    const body = new URLSearchParams({ problem: 'Lời của kẻ khác <script>alert(1)</script>' })
    const headers = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
    const response = await fetch(product.url + path, { method: 'POST', body, headers, redirect: 'manual' })
    expect(response.status).toBe(403)
    expect(await response.text()).not.toContain('Lời của kẻ khác')
  })

  test.each([
    ['JSON', 'application/json', JSON.stringify({ problem: STORY }), [403]],
    ['plain text', 'text/plain', `problem=${STORY}`, [403]],
    [
      'broken parts',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="problem"\r\n\r\n',
      // Parts are read only where a picture may come along, and only of somebody signed in.
      [415, 303],
    ],
    ['broken characters', 'application/x-www-form-urlencoded', 'problem=%E0%A4%A&%=%&__proto__=x&_csrf[$ne]=', [403]],
  ])('as %s is refused', async (_, type, body, statuses) => {
    const headers = { 'Content-Type': type }
    const response = await fetch(product.url + path, { method: 'POST', body, headers, redirect: 'manual' })
    expect(statuses).toContain(response.status)
  })

  test('of 1 MB, or of more fields than any form has, is refused', async () => {
    const guest = await withToken()
    expect((await guest.post(path, { problem: 'a'.repeat(1_000_000) })).status).toBe(413)
    const fields = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`f${i}`, 'x']))
    expect((await guest.post(path, fields)).status).toBe(413)
  })

  test('that is broken off is forgotten', async () => {
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\n`
    const { hostname, port } = new URL(product.url)
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(`${head}problem=`, () => socket.destroy()))
      socket.on('close', () => resolve())
      socket.on('error', reject)
    })
    expect((await get('/healthz')).status).toBe(200)
  })
})

describe("the key of a guest's own page", () => {
  test.each([
    'x',
    '../../needs',
    'a'.repeat(32),
    '0'.repeat(32),
    '__proto__',
    '%24ne',
    'a'.repeat(9000),
    '%F0%9F%92%A9',
  ])('cannot be guessed: %s', async (key) => {
    const { status, html } = await get(`/my-need/${encodeURIComponent(decodeURIComponent(key))}`)
    expect(status).toBe(404)
    expect(html).not.toContain('/withdraw')
  })
})
