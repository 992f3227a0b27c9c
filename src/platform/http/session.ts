import type { RequestHandler } from 'express'
import session, { type Store } from 'express-session'
import { DAY_MS, RETENTION } from '../../kernel/retention.js'

export interface SessionOptions {
  store: Store
  secret: string
  /** Whether the site is reached over https. Behind a proxy the forwarded protocol must be trusted too, or no cookie is sent. */
  secure: boolean
}

/** Sessions, written only when something is put into them: a visitor who reads has none. */
export function createSession({ store, secret, secure }: SessionOptions): RequestHandler {
  return session({
    store,
    secret,
    name: secure ? '__Host-sid' : 'sid',
    saveUninitialized: false,
    resave: false,
    // It ends two weeks after it was used last, not after it was begun; how long a sign-in lasts is its own to say.
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: RETENTION.draftDays * DAY_MS },
  })
}
