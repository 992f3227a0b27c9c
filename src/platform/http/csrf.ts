import { doubleCsrf } from 'csrf-csrf'
import type { Request, RequestHandler } from 'express'
import { contextOf } from './context.js'
import { ExpiredForm } from './errors.js'

export interface CsrfOptions {
  secret: string
  /** Whether the site is reached over https: the cookie is then Secure and bound to the host. */
  secure: boolean
  /** Whose token it is: a token made before signing in is worth nothing after it. */
  identify?: (req: Request) => string
}

/** The name of the hidden field and, for htmx, of the header `X-CSRF-Token`. */
export const CSRF_FIELD = '_csrf'

/**
 * Signed double-submit token. The cookie is set only when a page prints a token, so a visitor who reads gets none; every
 * unsafe request must send the token back.
 */
export function createCsrf({
  secret,
  secure,
  identify = (req) => req.user?.signInId ?? 'visitor',
}: CsrfOptions): RequestHandler {
  const cookieName = secure ? '__Host-csrf' : 'csrf'
  const { generateCsrfToken, validateRequest } = doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: identify,
    cookieName,
    cookieOptions: { sameSite: 'lax', secure, httpOnly: true, path: '/' },
    getCsrfTokenFromRequest: (req) => req.body?.[CSRF_FIELD] ?? req.get('x-csrf-token'),
  })
  return (req, res, next) => {
    const context = contextOf(res)
    let token: string | undefined
    context.csrfToken = () => {
      token ??= generateCsrfToken(req, res)
      return token
    }
    if (req.method === 'GET' || req.method === 'HEAD' || validateRequest(req)) next()
    else next(new ExpiredForm())
  }
}

/** Whether the browser says that the request comes from a page of this very site. */
export function isFromThisSite(req: Request): boolean {
  const site = req.get('Sec-Fetch-Site')
  if (site !== undefined) return site === 'same-origin'
  const origin = req.get('Origin')
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === req.get('Host')
}
