import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express'
import { isBilingual, localPath, ROUTES, type RouteName, type RouteSpec } from '../../kernel/routes.js'
import { LANGUAGES, type Lang } from '../../kernel/text.js'
import { assertMay } from './access.js'
import { contextOf } from './context.js'
import { MethodNotAllowed } from './errors.js'

/** Answers a request. A rejection goes to the error handler. */
export type Handler = (req: Request, res: Response, next: NextFunction) => unknown

/** One handler for every route of the catalogue, so that a missing one is a type error already. */
export type Handlers = Readonly<Record<RouteName, Handler>>

/** What every request of a kind passes through, in order, before the action is checked. */
export type Chains = Readonly<Record<RouteSpec['kind'], readonly RequestHandler[]>>

type Catalogue = Readonly<Record<string, RouteSpec>>

/**
 * The router of the whole product. Paths are tried in the order of the catalogue; pages answer in both languages, HEAD
 * wherever GET does, and any other method gets 405 with `Allow`.
 * @throws {TypeError} when a route has no handler or a handler no route.
 */
export function buildRouter(handlers: Handlers, chains: Chains, catalogue: Catalogue = ROUTES): Router {
  checkComplete(catalogue, handlers)
  const router = Router({ caseSensitive: true })
  for (const [path, routes] of byPath(catalogue)) {
    const kind = routes[0]?.spec.kind ?? 'file'
    const languages: readonly Lang[] = isBilingual({ kind }) ? LANGUAGES : ['vi']
    for (const lang of languages) {
      router.all(
        localPath(path, lang),
        chooseByMethod(routes),
        ...chains[kind],
        checkAction(catalogue),
        answer(handlers),
      )
    }
  }
  return router
}

interface NamedRoute {
  name: RouteName
  spec: RouteSpec
}

function checkComplete(catalogue: Catalogue, handlers: object) {
  const missing = Object.keys(catalogue).filter((name) => !(name in handlers))
  const unknown = Object.keys(handlers).filter((name) => !(name in catalogue))
  if (missing.length > 0) throw new TypeError(`routes without a handler: ${missing.join(', ')}`)
  if (unknown.length > 0) throw new TypeError(`handlers without a route: ${unknown.join(', ')}`)
}

function byPath(catalogue: Catalogue): Map<string, NamedRoute[]> {
  const groups = new Map<string, NamedRoute[]>()
  for (const [name, spec] of Object.entries(catalogue)) {
    const group = groups.get(spec.path) ?? []
    group.push({ name: name as RouteName, spec })
    groups.set(spec.path, group)
  }
  return groups
}

function chooseByMethod(routes: readonly NamedRoute[]): RequestHandler {
  const allowed = routes.flatMap(({ spec }) => (spec.method === 'GET' ? ['GET', 'HEAD'] : [spec.method]))
  return (req, res, next) => {
    if (req.method === 'OPTIONS') {
      res.set('Allow', allowed.join(', ')).status(204).end()
      return
    }
    const method = req.method === 'HEAD' ? 'GET' : req.method
    const context = contextOf(res)
    // Known even where the method is wrong, so that the log does not print an address that is a secret.
    context.route = routes[0]?.name ?? null
    const route = routes.find(({ spec }) => spec.method === method)
    if (!route) throw new MethodNotAllowed(req.method, allowed)
    context.route = route.name
    next()
  }
}

function checkAction(catalogue: Catalogue): RequestHandler {
  return (_req, res, next) => {
    const context = contextOf(res)
    assertMay(context, (context.route && catalogue[context.route]?.action) ?? null)
    next()
  }
}

function answer(handlers: Handlers): Handler {
  return (req, res, next) => {
    const { route } = contextOf(res)
    return route ? handlers[route](req, res, next) : next()
  }
}
