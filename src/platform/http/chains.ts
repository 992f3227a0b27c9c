import cookieParser from 'cookie-parser'
import type { RequestHandler } from 'express'
import { jsonBody, pageBody } from './bodies.js'
import { contextOf } from './context.js'
import type { Chains } from './router.js'

export interface ChainDeps {
  /** Sessions, for pages alone. */
  session: RequestHandler
  /** Who asks. */
  identity: readonly RequestHandler[]
  csrf: RequestHandler
  /** Limits what changes something or costs much. */
  limitPosts: RequestHandler
  limitApi: RequestHandler
  limitPages: RequestHandler
}

const loadPark: RequestHandler = async (_req, res, next) => {
  await contextOf(res).loadPark()
  next()
}

const cache =
  (value: string): RequestHandler =>
  (_req, res, next) => {
    res.set('Cache-Control', value)
    next()
  }

/** What is shown to somebody signed in stays in no cache, not even his own: others may sit down at the same machine. */
const storeNothingOfPeople: RequestHandler = (_req, res, next) => {
  if (contextOf(res).viewer) res.set('Cache-Control', 'private, no-store')
  next()
}

/** Cookies that are text. The parser also makes objects of those that begin with `j:`, and nothing here writes such. */
const textCookies: RequestHandler = (req, _res, next) => {
  req.cookies = Object.fromEntries(Object.entries(req.cookies).filter(([, value]) => typeof value === 'string'))
  next()
}

/** A middleware for the methods that change something. */
const unsafe =
  (middleware: RequestHandler): RequestHandler =>
  (req, res, next) =>
    req.method === 'GET' || req.method === 'HEAD' ? next() : middleware(req, res, next)

/**
 * What pages, the API and files pass through. The API reads no cookie; files know neither park nor session. Behind a signed link
 * of a mail the token is all there is to go by: many mail programs share an address, so what they send is not counted as forms
 * are, and nothing in its body matters.
 */
export function createChains({ session, identity, csrf, limitPosts, limitApi, limitPages }: ChainDeps): Chains {
  return {
    page: [
      cache('private, no-cache'),
      limitPages,
      unsafe(limitPosts),
      cookieParser(),
      textCookies,
      session,
      ...identity,
      storeNothingOfPeople,
      loadPark,
      unsafe(pageBody()),
      csrf,
    ],
    mailed: [cache('no-store'), limitPages, loadPark],
    api: [cache('no-cache'), limitApi, loadPark, unsafe(jsonBody())],
    file: [],
  }
}
