import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { Conflict, InvalidInput, NotFound, Unavailable } from '../../../../src/kernel/errors.js'
import type { Handler } from '../../../../src/platform/http/router.js'
import { PARK, tinyApp } from './tiny-app.js'

const throwing =
  (error: unknown): Handler =>
  () => {
    throw error
  }

const api = (error: unknown) => request(tinyApp({ handlers: { 'api.provider': throwing(error) } }).app)
const page = (error: unknown) => tinyApp({ handlers: { 'providers.show': throwing(error) } })

describe('errors of the API', () => {
  test('are problem details that name the fields', async () => {
    const error = new InvalidInput([{ field: 'limit', code: 'tooBig', params: { maximum: 100 } }])
    const answer = await api(error).get('/api/v1/providers/a').set('Accept-Language', 'en')
    expect(answer.status).toBe(422)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.body).toEqual({
      type: 'urn:cau-noi-so:problem:invalid-input',
      title: 'Something is not right yet',
      status: 422,
      detail: expect.any(String),
      requestId: 'request-1',
      errors: [{ field: 'limit', code: 'tooBig', detail: 'This number is too large: 100 at most.' }],
    })
  })

  test('speak Vietnamese unless another language is asked for', async () => {
    const answer = await api(new NotFound('provider', 'a')).get('/api/v1/providers/a')
    expect([answer.status, answer.body.title]).toEqual([404, 'Không thấy trang này'])
  })

  test('an unknown address of the API is one of them', async () => {
    const answer = await request(tinyApp().app).get('/api/v1/nothing')
    expect([answer.status, answer.body.type]).toEqual([404, 'urn:cau-noi-so:problem:not-found'])
  })

  test.each([
    [new Conflict('provider', 'a', 1, 2), 409],
    [new Unavailable('search'), 503],
  ])('%s has a status of its own', async (error, status) => {
    expect((await api(error).get('/api/v1/providers/a')).status).toBe(status)
  })

  test('a fault tells its reference and nothing of the cause', async () => {
    const answer = await api(new Error('secret cause')).get('/api/v1/providers/a')
    expect([answer.status, answer.body.requestId]).toEqual([500, 'request-1'])
    expect(answer.text).not.toContain('secret')
  })
})

describe('error pages', () => {
  test('an unknown address helps on in the language of the address', async () => {
    const { app } = tinyApp()
    const vietnamese = await request(app).get('/khong-co')
    expect(vietnamese.status).toBe(404)
    expect(vietnamese.text).toContain('<html lang="vi">')
    expect(vietnamese.text).toContain('action="/providers"')
    const english = await request(app).get('/en/nothing')
    expect(english.text).toContain('<html lang="en">')
    expect(english.text).toContain('action="/en/providers"')
  })

  test('a fault gives a reference; its cause goes to the log alone', async () => {
    const { app, log } = page(new Error('secret cause'))
    const answer = await request(app).get('/providers/a')
    expect(answer.status).toBe(500)
    expect(answer.text).toContain('request-1')
    expect(answer.text).not.toContain('secret')
    expect(log).toContainEqual(
      expect.objectContaining({ requestId: 'request-1', err: expect.objectContaining({ message: 'secret cause' }) }),
    )
  })

  test('a page comes even when the park cannot be read', async () => {
    const { app } = tinyApp({ resolvePark: () => Promise.reject(new Unavailable('database')) })
    const answer = await request(app).get('/providers')
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('<h1>')
    expect(answer.text).not.toContain(PARK.name.vi)
  })

  test('a file that is not there is said in a word, without a page', async () => {
    const answer = await request(tinyApp().app).get('/assets/0/css/site.css')
    expect([answer.status, answer.text]).toEqual([404, '404\n'])
  })

  test.each(['/%E0%A4%A', '/providers/%E0%A4%A', '/providers/%00', '/providers/%C0%AE'])(
    'the unreadable address %s is a bad request',
    async (address) => {
      expect((await request(tinyApp().app).get(address)).status).toBe(400)
    },
  )
})

describe('the limit', () => {
  test('answers 429 with the time to wait, as page and as problem', async () => {
    const { app } = tinyApp({ limit: { points: 1, seconds: 30 } })
    await request(app).get('/api/v1/providers')
    const problem = await request(app).get('/api/v1/providers')
    expect([problem.status, problem.headers['retry-after']]).toEqual([429, '30'])
    await request(app).post('/needs/new')
    const refused = await request(app).post('/needs/new')
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '30'])
    expect(refused.text).toContain('30 giây')
  })

  test('does not count pages that are read', async () => {
    const { app } = tinyApp({ limit: { points: 1, seconds: 30 } })
    await request(app).get('/providers')
    expect((await request(app).get('/providers')).status).toBe(200)
  })

  test('takes a whole IPv6 network for one client, and each IPv4 address for itself', async () => {
    const { app } = tinyApp({ limit: { points: 1, seconds: 30 }, trustProxy: true })
    const from = async (ip: string) => (await request(app).get('/api/v1/needs').set('X-Forwarded-For', ip)).status
    expect(await from('2001:db8:0:1::1')).toBe(200)
    expect(await from('2001:db8:0:1:ffff::2')).toBe(429)
    expect(await from('2001:db8:0:2::1')).toBe(200)
    expect(await from('192.0.2.1')).toBe(200)
    expect(await from('192.0.2.2')).toBe(200)
  })
})
