import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, newApi } from '../support/api.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let api: Api
let seqAtFirst: number

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  api = newApi(product.url)
  seqAtFirst = await product.core.records.lastSeq()
})

afterAll(() => product.close())

const TEXT = 'cần phần mềm kế toán cho hộ kinh doanh'

interface Refused {
  status: number
  type: string
  body: { errors?: { field: string; code: string; detail: string }[] }
}

/** Fields and codes of a problem, after checking that it is a complete one. */
function errorsOf(answer: Refused) {
  const { status, type, body } = answer
  expect(type).toBe('application/problem+json')
  expect(body).toMatchObject({
    type: expect.stringMatching(/^urn:cau-noi-so:problem:[a-z-]+$/),
    title: expect.stringMatching(/\S/),
    detail: expect.stringMatching(/\S/),
    requestId: expect.stringMatching(/^\w{16}$/),
    status,
  })
  for (const { detail } of body.errors ?? []) expect(detail).toMatch(/\S/)
  return (body.errors ?? []).map(({ field, code }) => `${field} ${code}`)
}

describe.each(['providers', 'businesses', 'needs'])('a query of GET %s that makes no sense', (list) => {
  test.each([
    ['limit=101', 'limit tooBig'],
    ['limit=-1', 'limit tooSmall'],
    ['limit=ten', 'limit number'],
    ['limit=1.5', 'limit number'],
    ['limit=1e2', 'limit number'],
    ['limit=', 'limit number'],
    ['limit=%2010', 'limit number'],
    ['limit=99999999999999999999999', 'limit number'],
    ['limit=10&limit=20', 'limit number'],
    ['offset=-5', 'offset tooSmall'],
    ['offset=100001', 'offset tooBig'],
    ['offset=NaN', 'offset number'],
    ['sort=price', 'sort choice'],
    ['sort=name&sort=name', 'sort choice'],
    ['q=a&q=b', 'q text'],
    ['sector=rice&sector=fruit', 'sector text'],
    [`q=${'a'.repeat(501)}`, 'q tooLong'],
    [`sector=${'a'.repeat(61)}`, 'sector.0 tooLong'],
    [`sector=${'a,'.repeat(51)}`, 'sector tooMany'],
    ['colour=red', 'colour unknownField'],
    ['Q=kế', 'Q unknownField'],
    ['sector[$ne]=x', 'sector[$ne] unknownField'],
    ['$where=1', '$where unknownField'],
    ['__proto__=x', '__proto__ unknownField'],
    ['constructor=x', 'constructor unknownField'],
    ['parkId=other', 'parkId unknownField'],
    ['visibility=matched', 'visibility unknownField'],
    ['business=x', 'business unknownField'],
  ])('is refused with the field: %s', async (query, error) => {
    const answer = await api.get(`/${list}?${query}`)
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual([error])
  })

  test('is refused for everything that is wrong at once', async () => {
    const answer = await api.get(`/${list}?limit=-1&offset=x&nonsense=1`)
    expect(errorsOf(answer).sort()).toEqual(['limit tooSmall', 'nonsense unknownField', 'offset number'])
  })

  test('is read as nothing asked where a value is merely empty or hollow', async () => {
    const { total } = (await api.get(`/${list}`)).body
    for (const query of ['q=', 'q=%20%20', 'sector=', 'sector=,,%20,', 'q=%00', 'q=%C3%28%FF'])
      expect((await api.get(`/${list}?${query}`)).status, query).toBe(200)
    expect((await api.get(`/${list}?q=&sector=,`)).body.total).toBe(total)
  })
})

describe('a body of POST match that makes no sense', () => {
  test.each([
    ['an empty object', {}, ['text required']],
    ['a list', [], [' object']],
    ['a list of texts', [TEXT], [' object']],
    ['an empty text', { text: '' }, ['text required']],
    ['a text of blanks and controls', { text: ' \n\t\u0000\u0007' }, ['text required']],
    ['a text that is a number', { text: 5 }, ['text text']],
    ['a text that is nothing', { text: null }, ['text text']],
    ['a text that is a list', { text: [TEXT] }, ['text text']],
    ['a text that is an operator', { text: { $gt: '' } }, ['text text']],
    ['a text beyond the limit', { text: 'a'.repeat(4001) }, ['text tooLong']],
    ['an unknown sector', { text: TEXT, sector: 'no-such-sector' }, ['sector unknownTerm']],
    ['a sector of nothing', { text: TEXT, sector: null }, ['sector text']],
    ['a sector by the prototype', { text: TEXT, sector: 'constructor' }, ['sector unknownTerm']],
    ['an unknown ward', { text: TEXT, ward: '00000' }, ['ward ward']],
    ['a ward by name', { text: TEXT, ward: 'Vị Thanh' }, ['ward ward']],
    ['a ward that is a number', { text: TEXT, ward: 31321 }, ['ward text']],
    ['a limit of none', { text: TEXT, limit: 0 }, ['limit tooSmall']],
    ['a limit beyond the greatest', { text: TEXT, limit: 101 }, ['limit tooBig']],
    ['a broken limit', { text: TEXT, limit: 1.5 }, ['limit number']],
    ['a limit in letters', { text: TEXT, limit: '10' }, ['limit number']],
    ['a budget that is a number', { text: TEXT, budget: 5e6 }, ['budget object']],
    ['a budget without ends', { text: TEXT, budget: {} }, ['budget money']],
    ['a negative budget', { text: TEXT, budget: { min: -1 } }, ['budget.min money']],
    ['a budget beyond all sums', { text: TEXT, budget: { max: 1e300 } }, ['budget.max money']],
    ['a budget the wrong way round', { text: TEXT, budget: { min: 9, max: 1 } }, ['budget range']],
    ['an operator in the budget', { text: TEXT, budget: { $gt: 1, min: 1 } }, ['budget.$gt unknownField']],
    ['an unknown key', { text: TEXT, colour: 'red' }, ['colour unknownField']],
    ['an operator as a key', { text: TEXT, $where: 'sleep(1000)' }, ['$where unknownField']],
  ])('is refused with the field: %s', async (_, body, errors) => {
    const answer = await api.post('/match', body)
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(errors)
  })

  test.each([
    [`{"text":"${TEXT}","__proto__":{"limit":1}}`, '__proto__ unknownField'],
    [`{"text":"${TEXT}","constructor":{"prototype":{"limit":1}}}`, 'constructor unknownField'],
    [`{"text":"${TEXT}","budget":{"min":1,"__proto__":{"max":0}}}`, 'budget.__proto__ unknownField'],
  ])('reaches no prototype: %s', async (body, error) => {
    expect(errorsOf(await api.post('/match', body))).toEqual([error])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as { limit?: number }).limit).toBeUndefined()
  })

  test.each([
    '{"text":',
    '{"text":"a",}',
    "{'text':'a'}",
    'text=a',
    'null',
    'true',
    '"text"',
    '5',
    '\u0000',
    '{"text":"a"}{"text":"b"}',
    '{"text":NaN}',
  ])('is refused as malformed: %s', async (body) => {
    const answer = await api.post('/match', body)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual([])
    expect(answer.body.type).toBe('urn:cau-noi-so:problem:malformed-json')
  })

  test('is missed where there is none', async () => {
    expect(errorsOf(await api.post('/match', ''))).toEqual(['text required'])
  })

  test('is refused when it is nested without end', async () => {
    const depth = 60_000
    const answer = await api.post('/match', `{"text":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    expect(errorsOf(answer)).toEqual(['text text'])
  })

  test.each([
    ['as it comes', (body: string) => ({ body, headers: {} })],
    [
      'once it is unpacked',
      async (body: string) => ({ body: await gzip(body), headers: { 'Content-Encoding': 'gzip' } }),
    ],
  ])('is refused when it is larger than 128 kB %s', async (_, packed) => {
    const { body, headers } = await packed(JSON.stringify({ text: 'a'.repeat(1_000_000) }))
    const init = { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } }
    const response = await fetch(`${product.url}/api/v1/match`, init)
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ type: 'urn:cau-noi-so:problem:payload-too-large' })
  })

  test.each([
    ['text/plain', {}],
    ['application/x-www-form-urlencoded', {}],
    ['multipart/form-data; boundary=x', {}],
    ['application/jsonp', {}],
    ['application/json; charset=utf-16', {}],
    ['application/json; charset="utf-8"; q=1', {}],
    ['text/json', {}],
    ['application/json', { 'Content-Encoding': 'x-unknown' }],
  ])('is refused by its type %s %o', async (type, headers) => {
    const answer = await api.post('/match', { text: TEXT }, { 'Content-Type': type, ...headers })
    expect(answer.status).toBe(415)
    expect(errorsOf(answer)).toEqual([])
  })

  test('is refused without a type, and when it is packed otherwise than it says', async () => {
    const url = `${product.url}/api/v1/match`
    const untyped = await fetch(url, { method: 'POST', body: Buffer.from(JSON.stringify({ text: TEXT })) })
    expect(untyped.status).toBe(415)
    const falsely = await api.post('/match', { text: TEXT }, { 'Content-Encoding': 'gzip' })
    expect(falsely.status).toBe(400)
    expect(errorsOf(falsely)).toEqual([])
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'is taken as %s',
    async (type) => {
      expect((await api.post('/match', { text: TEXT }, { 'Content-Type': type })).status).toBe(200)
    },
  )

  test('is read through broken characters', async () => {
    const broken = Buffer.concat([
      Buffer.from('{"text":"phần mềm kế toán \\ud800 '),
      Buffer.from([0xff, 0xc3, 0x28, 0xfe]),
      Buffer.from('"}'),
    ])
    const init = { method: 'POST', body: broken, headers: { 'Content-Type': 'application/json' } }
    const response = await fetch(`${product.url}/api/v1/match`, init)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ understood: { services: [{ id: 'accounting' }] } })
  })
})

describe('a wrong method', () => {
  test.each([
    ['POST', '/providers', 'GET, HEAD'],
    ['PUT', '/providers/x', 'GET, HEAD'],
    ['DELETE', '/businesses', 'GET, HEAD'],
    ['PATCH', '/needs/x', 'GET, HEAD'],
    ['GET', '/match', 'POST'],
    ['DELETE', '/match', 'POST'],
    ['POST', '/openapi.json', 'GET, HEAD'],
    ['PROPFIND', '/needs', 'GET, HEAD'],
  ])('%s %s is refused with what is allowed', async (method, path, allowed) => {
    const response = await fetch(`${product.url}/api/v1${path}`, { method })
    expect([response.status, response.headers.get('Allow')]).toEqual([405, allowed])
    expect(await response.json()).toMatchObject({ status: 405, type: 'urn:cau-noi-so:problem:method-not-allowed' })
  })

  test('cannot be put in the place of the real one', async () => {
    const headers = { 'X-HTTP-Method-Override': 'DELETE', 'X-Method-Override': 'DELETE' }
    expect((await api.get('/providers?limit=1', headers)).status).toBe(200)
    expect((await api.get('/providers?_method=DELETE')).status).toBe(422)
    expect((await api.get('/match', { 'X-HTTP-Method-Override': 'POST' })).status).toBe(405)
  })

  test('OPTIONS says what is allowed, and lets no other site in', async () => {
    const headers = { Origin: 'https://elsewhere.example', 'Access-Control-Request-Method': 'POST' }
    const response = await fetch(`${product.url}/api/v1/match`, { method: 'OPTIONS', headers })
    expect([response.status, response.headers.get('Allow')]).toEqual([204, 'POST'])
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
  })
})

describe('an address of the API that does not exist', () => {
  test.each(['', '/', '/nothing', '/providers/a/b', '/PROVIDERS', '/..%2f..%2fetc%2fpasswd', '/providers/%2e%2e%2f'])(
    '"%s" is a problem, not a page',
    async (path) => {
      const answer = await api.get(path)
      expect([answer.status, answer.type]).toEqual([404, 'application/problem+json'])
    },
  )

  test.each(['/providers/%E0%A4%A', '/providers/%00', '/needs/%ff', '/businesses/%'])(
    '"%s" cannot be read',
    async (path) => {
      const answer = await api.get(path)
      expect([answer.status, answer.type]).toEqual([400, 'application/problem+json'])
    },
  )

  test.each(['__proto__', 'constructor', 'toString', '%24ne', 'a'.repeat(5000), '%F0%9F%92%A9', "'%20or%201=1--"])(
    'is not found under the name %s',
    async (slug) => {
      for (const list of ['providers', 'businesses', 'needs'])
        expect((await api.get(`/${list}/${slug}`)).status).toBe(404)
    },
  )
})

test('nothing of all this changed anything or was a fault of the product', async () => {
  expect(await product.core.records.lastSeq()).toBe(seqAtFirst)
  expect(product.faults()).toEqual([])
})

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}
