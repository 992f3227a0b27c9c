import type { Request } from 'express'
import type { RequestContext } from './context.js'

declare module 'express-session' {
  interface SessionData {
    /** Said once, on the next page: a key of the catalogues, and its values. */
    notice: { key: string; params?: Record<string, string | number> }
  }
}

/** Says on the next page that something was done, after a redirect: "Đã lưu." */
export function giveNotice(req: Request, key: string, params?: Record<string, string | number>): void {
  req.session.notice = { key, ...(params && { params }) }
}

/** What is to be said on this page; null when nothing is. Said once, it is gone. */
export function takeNotice({ t }: RequestContext, req: Request): string | null {
  // Files and pages that could not begin have no session.
  const notice = req.session?.notice
  if (!notice) return null
  delete req.session.notice
  return t(notice.key, notice.params)
}
