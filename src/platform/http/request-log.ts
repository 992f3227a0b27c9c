import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { ROUTES } from '../../kernel/routes.js'
import { contextOf, type RequestContext } from './context.js'

/**
 * One line for every answer. The query is left out, since it carries people's words, and so is a path that is a secret
 * itself (a mailed link): there the route's pattern stands in.
 */
export function requestLog(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const start = performance.now()
    res.once('close', () => {
      const context = contextOf(res)
      logger.info(
        {
          requestId: context.requestId,
          method: req.method,
          path: loggedPath(context, req.originalUrl),
          status: res.statusCode,
          ms: Math.round(performance.now() - start),
          ...(res.writableFinished ? {} : { aborted: true }),
        },
        'request',
      )
    })
    next()
  }
}

const SECRET_PLACES = /:(key|draft|token)\b/

function loggedPath({ route }: RequestContext, originalUrl: string): string {
  const pattern = route && ROUTES[route].path
  return pattern && SECRET_PLACES.test(pattern) ? pattern : (originalUrl.split('?')[0] ?? '')
}
