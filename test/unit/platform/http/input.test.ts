import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { line, termId } from '../../../../src/kernel/fields.js'
import { many, readPageQuery, whole } from '../../../../src/platform/http/query.js'
import type { Handler } from '../../../../src/platform/http/router.js'
import { parseBody, parseQuery, readForm } from '../../../../src/platform/http/validate.js'
import { tinyApp } from './tiny-app.js'

const pageQuery = {
  q: line(20).optional(),
  page: whole({ min: 1, max: 500, otherwise: 1 }),
  sort: z.enum(['name', 'new']).optional(),
  service: many(termId, 3),
}

const readPage: Handler = (req, res) => res.json(readPageQuery(pageQuery, req))
const page = async (query: string) =>
  (await request(tinyApp({ handlers: { 'providers.list': readPage } }).app).get(`/providers${query}`)).body

describe('the query of a page', () => {
  test('is read by its schemas', async () => {
    expect(await page('?q=kho&page=3&sort=new&service=erp&service=kho')).toEqual({
      q: 'kho',
      page: 3,
      sort: 'new',
      service: ['erp', 'kho'],
    })
  })

  test.each([
    '?page=-1',
    '?page=0',
    '?page=1e9',
    '?page=abc',
    '?page[$gt]=1',
    '?sort=secret',
    '?unknown=1',
    '?__proto__=1&constructor=2',
    '?service=%00&service=$gt',
    '?page=%E0%A4%A',
    `?q=${'x'.repeat(5000)}`,
  ])('%s falls back to the defaults', async (query) => {
    expect(await page(query)).toEqual({ page: 1, service: [] })
  })

  test('of a repeated parameter the first that fits counts, of a list all that fit', async () => {
    expect(await page('?page=x&page=2&page=3&service=erp&service=!')).toMatchObject({ page: 2, service: ['erp'] })
  })

  test('null bytes are no part of the words', async () => {
    expect(await page('?q=a%00b')).toMatchObject({ q: 'ab' })
  })
})

const matchBody = z.strictObject({ text: line(50, 1), limit: z.number().int().min(1).max(10).optional() })
const readBody: Handler = (req, res) => res.json(parseBody(matchBody, req))
const post = (body: string, type = 'application/json') =>
  request(tinyApp({ handlers: { 'api.match': readBody } }).app)
    .post('/api/v1/match')
    .set('Content-Type', type)
    .send(body)

describe('the body of an API call', () => {
  test('is read by its schema', async () => {
    expect((await post('{"text":" kho ","limit":3}', 'application/json; charset=utf-8')).body).toEqual({
      text: 'kho',
      limit: 3,
    })
  })

  test.each([
    ['{}', 'text', 'required'],
    ['{"text":{"$gt":""}}', 'text', 'text'],
    ['{"text":["a"]}', 'text', 'text'],
    ['{"text":" "}', 'text', 'required'],
    [`{"text":"${'x'.repeat(51)}"}`, 'text', 'tooLong'],
    ['{"text":"a","limit":"3"}', 'limit', 'number'],
    ['{"text":"a","limit":-1}', 'limit', 'tooSmall'],
    ['{"text":"a","limit":11}', 'limit', 'tooBig'],
    ['{"text":"a","more":1}', 'more', 'unknownField'],
    ['{"text":"a","__proto__":{"x":1}}', '__proto__', 'unknownField'],
    ['[]', '', 'object'],
  ])('%s is refused at the field %s as %s', async (body, field, code) => {
    const answer = await post(body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toEqual([{ field, code, detail: expect.stringMatching(/\S/) }])
  })

  test.each([
    ['{"text":', 400],
    ['"text"', 400],
    [JSON.stringify({ text: 'x'.repeat(200_000) }), 413],
  ])('malformed or too large is said as such', async (body, status) => {
    expect((await post(body)).status).toBe(status)
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'application/jsonp',
  ])('the type %s is not accepted', async (type) => {
    expect((await post('{"text":"a"}', type)).status).toBe(415)
  })
})

describe('the query of an API call', () => {
  const schema = z.strictObject({ limit: whole({ min: 1, max: 100, otherwise: 20 }), service: many(termId, 3) })
  const get = (query: string) =>
    request(tinyApp({ handlers: { 'api.needs': (req, res) => res.json(parseQuery(schema, req)) } }).app).get(
      `/api/v1/needs${query}`,
    )

  test('has defaults and lists', async () => {
    expect((await get('?service=erp')).body).toEqual({ limit: 20, service: ['erp'] })
  })

  test.each([
    ['?limit=0', 'limit', 'tooSmall'],
    ['?limit=-5', 'limit', 'tooSmall'],
    ['?limit=x', 'limit', 'number'],
    ['?limit=1&limit=2', 'limit', 'number'],
    ['?limit[$gt]=1', 'limit[$gt]', 'unknownField'],
    ['?service=a&service=b&service=c&service=d', 'service', 'tooMany'],
    ['?service=A%20B', 'service.0', 'unknownTerm'],
  ])('%s is refused at %s', async (query, field, code) => {
    const answer = await get(query)
    expect([answer.status, answer.body.errors?.[0]?.field, answer.body.errors?.[0]?.code]).toEqual([422, field, code])
  })
})

describe('a form', () => {
  const schema = z.strictObject({ title: line(10, 1), note: line(10).optional() })
  const read = (body: unknown) => readForm(schema, { body } as never)

  test('loses its token and its blank fields', () => {
    expect(read({ _csrf: 't', title: 'Kho', note: '  ' })).toEqual({ ok: true, value: { title: 'Kho' } })
  })

  test('gives its errors as a value', () => {
    expect(read({ title: '', note: 'x'.repeat(11) })).toEqual({
      ok: false,
      errors: [
        { field: 'title', code: 'required' },
        { field: 'note', code: 'tooLong', params: { maximum: 10 } },
      ],
    })
  })
})
