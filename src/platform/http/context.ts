import type { Request, RequestHandler, Response } from 'express'
import { Unavailable } from '../../kernel/errors.js'
import type { ParkContext } from '../../kernel/park.js'
import { type Actor, VISITOR } from '../../kernel/permissions.js'
import { pathTo, type RouteName, type RouteParams } from '../../kernel/routes.js'
import type { Lang } from '../../kernel/text.js'
import type { Translate } from '../i18n/translator.js'
import type { Views } from '../views/engine.js'
import type { Assets } from './assets.js'
import { clientKey } from './client-key.js'
import type { Viewer } from './viewer.js'

export interface ContextDeps {
  /** Origin of absolute links, without a trailing slash. */
  publicUrl: string
  translator: (lang: Lang) => Translate
  views: Views
  assets: Assets
  resolvePark: (req: Request) => Promise<ParkContext>
  /** Since when searches are answered by the engine that stands in for the one set up; null while they are not. */
  searchStandsInSince: () => Date | null
  newId: () => string
}

/** What a handler knows of its request beside the request itself. */
export class RequestContext {
  readonly requestId: string
  readonly lang: Lang
  readonly t: Translate
  /** Whether htmx asks for a part of the page. */
  readonly isHtmx: boolean
  /** Whether a list is asked for letters that may go on: first ones, or ones that follow others without a pause to look. */
  readonly typing: 'begins' | 'goes-on' | null
  /** The route of the catalogue that answers; null until one is found. */
  route: RouteName | null = null
  actor: Actor = VISITOR
  /** Who has signed in on this browser, pages only; his rights are the actor's. */
  viewer: Viewer | null = null
  /** The form's token; set where forms may be sent from. */
  csrfToken: () => string = () => {
    throw new TypeError('a form with a token is rendered outside a page route')
  }
  #park: ParkContext | null = null

  constructor(
    readonly deps: ContextDeps,
    private readonly req: Request,
  ) {
    this.requestId = deps.newId()
    this.lang = languageOf(req)
    this.t = deps.translator(this.lang)
    const wantsPart = req.get('HX-Request') === 'true' && req.get('HX-Boosted') !== 'true'
    this.isHtmx = wantsPart && req.get('HX-History-Restore-Request') !== 'true'
    const typing = req.get('X-Typing')
    this.typing = this.isHtmx && (typing === 'begins' || typing === 'goes-on') ? typing : null
  }

  /** The park the request is about. Always known in handlers of pages and of the API. */
  get park(): ParkContext {
    if (!this.#park) throw new Unavailable('park')
    return this.#park
  }

  /** Who counts as one client where readers are counted. */
  get client(): string {
    return clientKey(this.req.ip ?? '')
  }

  /** What tells one visit from another where different ones are counted within a day: the client and his browser. */
  get visit(): string {
    return `${this.client} ${this.req.get('User-Agent') ?? ''}`
  }

  get parkIfKnown(): ParkContext | null {
    return this.#park
  }

  async loadPark(): Promise<void> {
    this.#park ??= await this.deps.resolvePark(this.req)
  }

  /** An address in the reader's language. Bound, so that views may take it out of the context. */
  readonly url = (name: RouteName, params?: RouteParams, query?: RouteParams): string =>
    pathTo(name, this.lang, params, query)

  /** The same with the origin of `PUBLIC_URL`, for mails, canonical links and redirects that leave the page. */
  absoluteUrl(name: RouteName, params?: RouteParams, query?: RouteParams, lang: Lang = this.lang): string {
    return this.deps.publicUrl + pathTo(name, lang, params, query)
  }
}

/** The context of a request that `openContext` has seen. */
/** What of it texts are written with: also for a mail, which goes to somebody else than who asks. */
export type Wording = Pick<RequestContext, 'lang' | 't' | 'park'>

export function contextOf(res: Response): RequestContext {
  const context: unknown = res.locals.context
  if (!(context instanceof RequestContext)) throw new TypeError('the request has no context yet')
  return context
}

/** First of all middleware: gives the request its id, language and tools. */
export function openContext(deps: ContextDeps): RequestHandler {
  return (req, res, next) => {
    const context = new RequestContext(deps, req)
    res.locals.context = context
    res.set('X-Request-Id', context.requestId)
    if (isApi(req)) res.vary('Accept-Language')
    next()
  }
}

/** Pages say their language by their address; the API follows `Accept-Language`, Vietnamese first. */
function languageOf(req: Request): Lang {
  if (/^\/en(\/|$)/.test(req.path)) return 'en'
  if (isApi(req)) return req.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi'
  return 'vi'
}

const isApi = (req: Request) => req.path.startsWith('/api/')
