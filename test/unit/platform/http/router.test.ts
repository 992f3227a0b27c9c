import express, { type ErrorRequestHandler } from 'express'
import request from 'supertest'
import { describe, expect, test, vi } from 'vitest'
import { VISITOR } from '../../../../src/kernel/permissions.js'
import { pathTo, ROUTES, type RouteName, type RouteSpec } from '../../../../src/kernel/routes.js'
import { openContext } from '../../../../src/platform/http/context.js'
import { buildRouter } from '../../../../src/platform/http/router.js'
import { actAs, namedHandlers, tinyApp } from './tiny-app.js'

const NO_CHAINS = { page: [], mailed: [], api: [], file: [] }

describe('the router of the catalogue', () => {
  test('a route without a handler stops the start and is named', () => {
    const { demand: _left, ...rest } = namedHandlers()
    expect(() => buildRouter(rest as never, NO_CHAINS)).toThrow(/without a handler: demand/)
  })

  test('a handler without a route stops the start and is named', () => {
    const handlers = { ...namedHandlers(), stray: () => undefined }
    expect(() => buildRouter(handlers as never, NO_CHAINS)).toThrow(/without a route: stray/)
  })

  test('every page that is read answers at its address in both languages', async () => {
    const { app } = tinyApp({ actor: { kind: 'system', name: 'test' } })
    const params = Object.fromEntries(Object.values<RouteSpec>(ROUTES).flatMap(({ path }) => namesIn(path)))
    const pages = Object.entries<RouteSpec>(ROUTES).filter(([, spec]) => spec.kind === 'page' && spec.method === 'GET')
    for (const [name] of pages) {
      for (const lang of ['vi', 'en'] as const) {
        const answer = await request(app).get(pathTo(name as RouteName, lang, params))
        expect([name, answer.status, answer.text]).toEqual([name, 200, name])
      }
    }
  })

  test('an address of words goes before one with a parameter', async () => {
    const answer = await request(tinyApp().app).get('/needs/new')
    expect(answer.text).toBe('needs.new')
  })

  test('another method is answered with 405 and the methods there are', async () => {
    const { app } = tinyApp()
    const page = await request(app).put('/needs/new')
    expect([page.status, page.headers.allow]).toEqual([405, 'GET, HEAD, POST'])
    const api = await request(app).delete('/api/v1/match')
    expect([api.status, api.headers.allow]).toEqual([405, 'POST'])
    expect(api.headers['content-type']).toMatch(/^application\/problem\+json/)
  })

  test('HEAD answers like GET without a body, OPTIONS with the methods', async () => {
    const { app } = tinyApp()
    const head = await request(app).head('/providers')
    expect([head.status, head.text]).toEqual([200, undefined])
    const options = await request(app).options('/providers')
    expect([options.status, options.headers.allow]).toEqual([204, 'GET, HEAD'])
  })

  test.each([
    ['somebody signed in', { kind: 'person', personId: 'p', memberships: [], staff: null } as const, 403],
    ['a visitor', VISITOR, 401],
  ])('an action that %s may not do is refused before the handler', async (_who, actor, status) => {
    const handler = vi.fn()
    const closed = { about: { method: 'GET', path: '/about', kind: 'page', action: 'admin:use' } } as const
    const router = buildRouter({ about: handler } as never, NO_CHAINS, closed)
    const app = express()
    app.use(openContext({ newId: () => '1', translator: () => String } as never), actAs(actor), router)
    app.use(((error, _req, res, _next) => res.sendStatus(error.status)) as ErrorRequestHandler)
    expect((await request(app).get('/about')).status).toBe(status)
    expect(handler).not.toHaveBeenCalled()
  })
})

/** A value for each parameter of a path. */
const namesIn = (path: string) => Array.from(path.matchAll(/:(\w+)/g), ([, name = '']) => [name, 'a'])
