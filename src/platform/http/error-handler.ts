import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { MovedTo, NotFound, type ProductError, SignInRequired } from '../../kernel/errors.js'
import { localTarget, ROUTES } from '../../kernel/routes.js'
import { contextOf } from './context.js'
import { sendErrorPage } from './error-pages.js'
import { MethodNotAllowed, TooManyRequests } from './errors.js'
import { sendProblem } from './problem.js'
import { toProductError } from './to-product-error.js'
import { AWAITED_AT } from './viewer.js'

/** After all routes: no route has answered. */
export const notFound: RequestHandler = (req) => {
  throw new NotFound('page', req.path)
}

/** Answers every error: problem details to the API, a page to people. The cause of a fault goes to the log alone. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return async (thrown, req, res, next) => {
    const error = toProductError(thrown)
    const status = error?.status ?? 500
    const { requestId, route } = contextOf(res)
    if (status >= 500) logger.error({ requestId, route, err: thrown }, 'request failed')
    if (res.headersSent) {
      next(thrown)
      return
    }
    setHeaders(res, error)
    if (error instanceof SignInRequired && isPage(res)) res.redirect(303, wayIn(req, res))
    else if (error instanceof MovedTo && req.method === 'GET' && isPage(res)) res.redirect(301, movedPath(req, error))
    else if (req.path.startsWith('/api/')) sendProblem(res, error)
    else if (wantsText(res)) res.status(status).type('text').send(`${status}\n`)
    else await sendPage(req, res, error, logger)
  }
}

function setHeaders(res: Response, error: ProductError | null): void {
  res.set('Cache-Control', 'no-store')
  if (error instanceof MethodNotAllowed) res.set('Allow', error.allowed.join(', '))
  if (error instanceof TooManyRequests) res.set('Retry-After', String(error.retryAfter))
}

/** Files and probes are asked for by programs. */
const wantsText = (res: Response): boolean => kindOf(res) === 'file'

const isPage = (res: Response): boolean => kindOf(res) === 'page'

function kindOf(res: Response) {
  const { route } = contextOf(res)
  return route && ROUTES[route].kind
}

/**
 * Where one signs in, or gives what is still awaited of him, and comes back from: to the page that was asked for, or on
 * which the form stood.
 */
function wayIn(req: Request, res: Response): string {
  const { url, viewer } = contextOf(res)
  const reads = req.method === 'GET' || req.method === 'HEAD'
  const next = (reads ? localTarget(req.originalUrl) : pageBefore(req)) ?? undefined
  return url(viewer?.awaits ? AWAITED_AT[viewer.awaits] : 'accounts.sign-in', {}, { next })
}

/** The address asked for, with the id in it that took the other's place. */
const movedPath = ({ path }: Request, { from, to }: MovedTo): string =>
  path
    .split('/')
    .map((part) => (part === from ? to : part))
    .join('/')

/** The page of this site that a form was sent from, as the browser tells it. */
function pageBefore(req: Request): string | null {
  const referrer = req.get('Referer') ?? ''
  if (!URL.canParse(referrer)) return null
  const { host, pathname, search } = new URL(referrer)
  return host === req.get('Host') ? localTarget(pathname + search) : null
}

async function sendPage(req: Request, res: Response, error: ProductError | null, logger: Logger): Promise<void> {
  const context = contextOf(res)
  // The page is better with the park's name, but must come without it too.
  if (error && error.status < 500) await context.loadPark().catch(() => undefined)
  try {
    sendErrorPage(req, res, error)
  } catch (cause) {
    logger.error({ requestId: context.requestId, err: cause }, 'the error page failed')
    res
      .status(error?.status ?? 500)
      .type('text')
      .send(`Trang gặp trục trặc / Something went wrong\n${context.requestId}\n`)
  }
}
