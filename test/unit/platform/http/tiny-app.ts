import { Writable } from 'node:stream'
import express, { type Express, type RequestHandler } from 'express'
import { MemoryStore } from 'express-session'
import { pino } from 'pino'
import type { ParkContext } from '../../../../src/kernel/park.js'
import { type Actor, VISITOR } from '../../../../src/kernel/permissions.js'
import { ROUTES, type RouteName } from '../../../../src/kernel/routes.js'
import { createAssets } from '../../../../src/platform/http/assets.js'
import { createChains } from '../../../../src/platform/http/chains.js'
import { contextOf, openContext } from '../../../../src/platform/http/context.js'
import { createCsrf } from '../../../../src/platform/http/csrf.js'
import { errorHandler, notFound } from '../../../../src/platform/http/error-handler.js'
import { createRateLimit, type Limit } from '../../../../src/platform/http/rate-limit.js'
import { requestLog } from '../../../../src/platform/http/request-log.js'
import { buildRouter, type Handler, type Handlers } from '../../../../src/platform/http/router.js'
import { hardenApp, readableAddress, securityHeaders } from '../../../../src/platform/http/security.js'
import { createSession } from '../../../../src/platform/http/session.js'
import { createTranslator } from '../../../../src/platform/i18n/translator.js'
import { createViews } from '../../../../src/platform/views/engine.js'

export const PARK: ParkContext = {
  id: 'park000000000000',
  slug: 'park',
  name: { vi: 'Khu thử nghiệm', en: 'Test park' },
  place: { vi: 'Bờ sông' },
  timeZone: 'Asia/Ho_Chi_Minh',
  province: '92',
  contacts: {},
  zones: [],
  about: {},
  facts: [],
  demonstration: true,
}

const views = createViews()
const assets = createAssets()
const translator = createTranslator()

const sayName =
  (name: string): Handler =>
  (_req, res) =>
    res.type('text').send(name)

/** A handler for every route of the catalogue that answers with the route's name. */
export const namedHandlers = (): Record<RouteName, Handler> => {
  const all = Object.fromEntries(Object.keys(ROUTES).map((name) => [name, sayName(name)]))
  return { ...(all as Record<RouteName, Handler>), asset: assets.serve }
}

export interface TinyOptions {
  /** Who asks; a visitor by default. */
  actor?: Actor
  handlers?: Partial<Handlers>
  publicUrl?: string
  limit?: Limit
  trustProxy?: boolean
  resolvePark?: () => Promise<ParkContext>
}

/** The platform's own parts put together as the product does, over handlers of the test; `log` holds what was logged. */
export function tinyApp(options: TinyOptions = {}): {
  app: Express
  log: Record<string, unknown>[]
  assets: typeof assets
} {
  const { publicUrl = 'http://park.example', limit = { points: 1000, seconds: 60 } } = options
  const secure = publicUrl.startsWith('https:')
  const log: Record<string, unknown>[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      log.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const logger = pino({ level: 'info' }, sink)
  const app = express()
  hardenApp(app, { trustProxy: options.trustProxy ?? false })
  let requests = 0
  app.use(
    openContext({
      publicUrl,
      translator,
      views,
      assets,
      resolvePark: options.resolvePark ?? (async () => PARK),
      newId: () => `request-${++requests}`,
      searchStandsInSince: () => null,
    }),
  )
  app.use(requestLog(logger))
  app.use(securityHeaders({ secure }))
  app.use(readableAddress)
  const chains = createChains({
    session: createSession({ store: new MemoryStore(), secret: 'session-secret', secure }),
    identity: [actAs(options.actor ?? VISITOR)],
    csrf: createCsrf({ secret: 'csrf-secret', secure }),
    limitPosts: createRateLimit(limit),
    limitApi: createRateLimit(limit),
    limitPages: createRateLimit({ points: 10_000, seconds: 60 }),
  })
  app.use(buildRouter({ ...namedHandlers(), ...options.handlers }, chains))
  app.use(notFound)
  app.use(errorHandler(logger))
  return { app, log, assets }
}

export const actAs =
  (actor: Actor): RequestHandler =>
  (_req, res, next) => {
    contextOf(res).actor = actor
    next()
  }
