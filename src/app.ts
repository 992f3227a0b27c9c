import compression from 'compression'
import express, { type Express, type RequestHandler } from 'express'
import type { Store } from 'express-session'
import type { Logger } from 'pino'
import { createChains } from './platform/http/chains.js'
import { type ContextDeps, openContext } from './platform/http/context.js'
import { createCsrf } from './platform/http/csrf.js'
import { errorHandler, notFound } from './platform/http/error-handler.js'
import { createRateLimit, type Limit } from './platform/http/rate-limit.js'
import { requestLog } from './platform/http/request-log.js'
import { buildRouter, type Handlers } from './platform/http/router.js'
import { hardenApp, readableAddress, securityHeaders } from './platform/http/security.js'
import { createSession } from './platform/http/session.js'
import type { Secrets } from './platform/secrets.js'

export interface AppDeps extends ContextDeps {
  handlers: Handlers
  log: Logger
  sessionStore: Store
  /** Says who asks, behind the session. */
  identity: readonly RequestHandler[]
  secrets: Secrets
  trustProxy: boolean
  /** Requests that change something, calls of the API, and pages, by client. */
  limits: { posts: Limit; api: Limit; pages: Limit }
}

/** The web application: what every request passes through, in order. */
export function createApp(deps: AppDeps): Express {
  const { handlers, log, sessionStore, identity, secrets, trustProxy, limits } = deps
  const secure = deps.publicUrl.startsWith('https:')
  const chains = createChains({
    session: createSession({ store: sessionStore, secret: secrets.session, secure }),
    identity,
    csrf: createCsrf({ secret: secrets.csrf, secure }),
    limitPosts: createRateLimit(limits.posts),
    limitApi: createRateLimit(limits.api),
    limitPages: createRateLimit(limits.pages),
  })

  const app = express()
  hardenApp(app, { trustProxy })
  app.use(openContext(deps))
  app.use(requestLog(log))
  app.use(securityHeaders({ secure }))
  app.use(compression())
  app.use(readableAddress)
  app.use(buildRouter(handlers, chains))
  app.use(notFound)
  app.use(errorHandler(log))
  return app
}
