import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ROUTES, type RouteSpec } from '../../src/kernel/routes.js'
import { type Api, newApi } from '../support/api.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: object
}

interface Operation {
  operationId: string
  summary: string
  parameters?: Parameter[]
  requestBody?: { required: boolean; content: Record<string, { schema: object }> }
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>
}

interface OpenApi {
  openapi: string
  info: { title: string; version: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, object> }
}

let product: TestProduct
let api: Api
let document: OpenApi

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true, env: { PUBLIC_URL: 'https://park.example' } })
  api = newApi(product.url)
  document = (await api.get('/openapi.json')).body
})

afterAll(() => product.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

function operation(path: string, method = 'get'): Operation {
  const found = document.paths[`/api/v1${path}`]?.[method]
  if (!found) throw new Error(`the document has no ${method} ${path}`)
  return found
}

/** A schema of the document as a validator. */
function validator(schema: object | undefined): z.ZodType {
  if (!schema) throw new Error('the document has no such schema')
  return z.fromJSONSchema({ ...schema, $defs: document.components?.schemas } as never)
}

const answerSchema = ({ responses }: Operation, status: string) =>
  Object.values(responses[status]?.content ?? {})[0]?.schema

describe('the OpenAPI document', () => {
  test('is of version 3.1 and names the product and the address it is reached by', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: 'Cầu Nối Số', version: '1' })
    expect(document.servers).toEqual([{ url: 'https://park.example' }])
  })

  test('has exactly the calls that the product answers', () => {
    const calls = Object.entries<RouteSpec>(ROUTES).filter(
      ([name, { kind }]) => kind === 'api' && name !== 'api.openapi',
    )
    expect(calls).toHaveLength(7)
    expect(
      operations()
        .map(({ path, method }) => `${method} ${path}`)
        .sort(),
    ).toEqual(calls.map(([, { path, method }]) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`).sort())
  })

  test('gives every call a name of its own, a summary, and what it answers when all is well and when not', () => {
    const all = operations()
    expect(new Set(all.map((one) => one.operation.operationId)).size).toBe(all.length)
    for (const { operation: one } of all) {
      expect(one.summary).toMatch(/\S/)
      expect(Object.keys(one.responses)).toEqual(['200', 'default'])
      expect(Object.keys(one.responses['200']?.content ?? {})).toEqual(['application/json'])
      expect(Object.keys(one.responses.default?.content ?? {})).toEqual(['application/problem+json'])
      for (const { description } of Object.values(one.responses)) expect(description).toMatch(/\S/)
    }
  })

  test('declares each parameter once, those of the path as required, and every one of the path', () => {
    for (const { path, operation: one } of operations()) {
      const parameters = one.parameters ?? []
      const names = parameters.map((p) => `${p.in} ${p.name}`)
      expect(new Set(names).size).toBe(names.length)
      const inPath = parameters.filter((p) => p.in === 'path')
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
      for (const { required } of inPath) expect(required).toBe(true)
      for (const { schema } of parameters) expect(schema).toEqual(expect.any(Object))
    }
  })

  test('refers to nothing that is not in it', () => {
    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? []
    for (const reference of references) {
      const path = JSON.parse(`{${reference}}`).$ref.replace(/^#\//, '').split('/')
      expect(path.reduce((at: never, key: string) => at?.[key], document as never)).toBeDefined()
    }
  })

  test.each([
    ['/providers', '/providers?q=phan+mem&service=accounting'],
    ['/businesses', '/businesses'],
    ['/needs', '/needs?q=tem'],
  ])('describes the answers of %s and of one record as they are', async (path, call) => {
    const list = (await api.get(call)).body
    expect(validator(answerSchema(operation(path), '200')).safeParse(list).error).toBeUndefined()
    const one = (await api.get(`${path}/${list.results[0].slug}`)).body
    expect(validator(answerSchema(operation(`${path}/{slug}`), '200')).safeParse(one).error).toBeUndefined()
    expect(validator(answerSchema(operation(path), '200')).safeParse(one).success).toBe(false)
  })

  test('describes the body and the answers of the matcher as they are', async () => {
    const { requestBody } = operation('/match', 'post')
    expect(requestBody?.required).toBe(true)
    const body = validator(requestBody?.content['application/json']?.schema)
    const asked = { text: 'cần phần mềm kế toán', budget: { max: 20_000_000 }, limit: 3 }
    expect(body.safeParse(asked).error).toBeUndefined()
    expect(body.safeParse({ text: 5 }).success).toBe(false)
    const answer = (await api.post('/match', asked)).body
    expect(validator(answerSchema(operation('/match', 'post'), '200')).safeParse(answer).error).toBeUndefined()
  })

  test.each(['/providers?limit=x', '/needs/no-such-need', '/match'])(
    'describes the problem of %s as it is',
    async (call) => {
      const problem = (await api.get(call)).body
      expect(problem.status).toBeGreaterThanOrEqual(400)
      const { error } = validator(answerSchema(operation('/providers'), 'default')).safeParse(problem)
      expect(error).toBeUndefined()
    },
  )

  test('names every parameter that a list takes: each of them is taken, and no other', async () => {
    for (const path of ['/providers', '/businesses', '/needs']) {
      const names = (operation(path).parameters ?? []).map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(['q', 'limit', 'offset', 'sort', 'sector', 'ward']))
      const values = new Map([['sort', 'relevance']])
      for (const name of names)
        expect((await api.get(`${path}?${name}=${values.get(name) ?? '1'}`)).status, `${path} ${name}`).toBe(200)
    }
  })
})
