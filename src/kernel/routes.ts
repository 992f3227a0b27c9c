import type { Action } from './permissions.js'
import type { Lang } from './text.js'

/** Every URL of the product. The router, 405 answers, CSRF, the sitemap and the tests read it; nothing else names a path. */

export interface RouteSpec {
  method: 'GET' | 'POST'
  /** Express path, Vietnamese address; a page's English address has `/en` before it. */
  path: string
  /**
   * `page`: HTML in both languages; `mailed`: the same behind a signed link of a mail, which mail programs send to as well, so
   * that it knows neither cookie nor form token; `api`: JSON, ignores cookies; `file`: one address, any content.
   */
  kind: 'page' | 'mailed' | 'api' | 'file'
  action: Action
  /** Listed in the sitemap as it stands (addresses without parameters only). */
  sitemap?: true
  /** Its form may bring a file (`multipart/form-data`), `table` a large one; everywhere else one is refused unread. */
  uploads?: true | 'table'
}

const page = <M extends 'GET' | 'POST', P extends string>(method: M, path: P, action: Action) =>
  ({ method, path, kind: 'page', action }) as const
const mailed = <M extends 'GET' | 'POST'>(method: M, path: string, action: Action) =>
  ({ method, path, kind: 'mailed', action }) as const
const listed = (path: string, action: Action) => ({ method: 'GET', path, kind: 'page', action, sitemap: true }) as const
const api = (method: 'GET' | 'POST', path: string, action: Action) =>
  ({ method, path: `/api/v1${path}`, kind: 'api', action }) as const
const file = (path: string, action: Action = 'page:read') => ({ method: 'GET', path, kind: 'file', action }) as const

export const ROUTES = {
  home: listed('/', 'page:read'),
  'providers.list': listed('/providers', 'listing:browse'),
  'providers.show': page('GET', '/providers/:slug', 'listing:browse'),
  'claims.new': page('GET', '/providers/:slug/claim', 'organisation:claim'),
  'claims.send': { ...page('POST', '/providers/:slug/claim', 'organisation:claim'), uploads: true },
  'claims.show': page('GET', '/claims/:key', 'organisation:claim'),
  'claims.confirm': page('POST', '/claims/:key', 'organisation:claim'),
  'businesses.list': listed('/businesses', 'listing:browse'),
  'businesses.show': page('GET', '/businesses/:slug', 'listing:browse'),
  'needs.list': listed('/needs', 'need:browse'),
  'needs.new': page('GET', '/needs/new', 'need:post'),
  'needs.start': page('POST', '/needs/new', 'need:post'),
  'needs.step': page('GET', '/needs/new/:draft/:step', 'need:post'),
  'needs.save': page('POST', '/needs/new/:draft/:step', 'need:post'),
  'needs.show': page('GET', '/needs/:slug', 'need:browse'),
  'needs.follow': page('GET', '/my-need/:key', 'need:follow'),
  'needs.copy': page('GET', '/my-need/:key/copy', 'need:follow'),
  'needs.erase': page('POST', '/my-need/:key/erasure', 'need:follow'),
  'needs.withdraw': page('POST', '/my-need/:key/withdraw', 'need:follow'),
  'needs.edit': page('GET', '/my-need/:key/correction', 'need:follow'),
  'needs.save-edit': page('POST', '/my-need/:key/correction', 'need:follow'),
  'needs.ask': page('GET', '/my-need/:key/firms/:slug', 'need:follow'),
  'needs.send-ask': page('POST', '/my-need/:key/firms/:slug', 'need:follow'),
  'needs.introduction': page('GET', '/my-need/:key/introductions/:introduction', 'need:follow'),
  'needs.answer': page('POST', '/my-need/:key/introductions/:introduction', 'need:follow'),
  'needs.watch': page('GET', '/my-need/:key/alert', 'need:follow'),
  'needs.start-watch': page('POST', '/my-need/:key/alert', 'need:follow'),
  'needs.offer': page('GET', '/needs/:slug/offer', 'introduction:use'),
  'needs.send-offer': page('POST', '/needs/:slug/offer', 'introduction:use'),
  'reports.new': page('GET', '/reports/:kind/:slug', 'listing:browse'),
  'reports.send': page('POST', '/reports/:kind/:slug', 'listing:browse'),
  // What search boxes suggest while somebody types.
  suggest: page('GET', '/suggest', 'listing:browse'),
  match: listed('/match', 'match:run'),
  ranking: listed('/ranking', 'page:read'),
  demand: listed('/demand', 'demand:read'),
  'alerts.new': page('GET', '/alerts/new', 'alert:use'),
  'alerts.start': page('POST', '/alerts/new', 'alert:use'),
  'alerts.link': page('GET', '/alerts/confirmation/:key', 'alert:use'),
  'alerts.confirm': page('POST', '/alerts/confirmation/:key', 'alert:use'),
  'alerts.stop': mailed('GET', '/alerts/stop/:token', 'alert:use'),
  'alerts.stopped': mailed('POST', '/alerts/stop/:token', 'alert:use'),
  'accounts.sign-in': page('GET', '/sign-in', 'account:enter'),
  'accounts.enter': page('POST', '/sign-in', 'account:enter'),
  'accounts.code': page('GET', '/sign-in/code', 'account:enter'),
  'accounts.give-code': page('POST', '/sign-in/code', 'account:enter'),
  'accounts.open-id': page('GET', '/sign-in/with', 'account:enter'),
  'accounts.open-id-callback': page('GET', '/sign-in/with/callback', 'account:enter'),
  'accounts.open-id-new': page('GET', '/sign-in/with/new', 'account:enter'),
  'accounts.open-id-join': page('POST', '/sign-in/with/new', 'account:enter'),
  'accounts.sign-out': page('POST', '/sign-out', 'account:enter'),
  'accounts.sign-up': page('GET', '/sign-up', 'account:enter'),
  'accounts.request-sign-up': page('POST', '/sign-up', 'account:enter'),
  'accounts.sign-up-link': page('GET', '/sign-up/:key', 'account:enter'),
  'accounts.complete-sign-up': page('POST', '/sign-up/:key', 'account:enter'),
  'accounts.reset': page('GET', '/reset', 'account:enter'),
  'accounts.request-reset': page('POST', '/reset', 'account:enter'),
  'accounts.reset-link': page('GET', '/reset/:key', 'account:enter'),
  'accounts.complete-reset': page('POST', '/reset/:key', 'account:enter'),
  'accounts.address-link': page('GET', '/address/:key', 'account:enter'),
  'accounts.confirm-address': page('POST', '/address/:key', 'account:enter'),
  'accounts.details': page('GET', '/account/details', 'account:use'),
  'accounts.save-details': page('POST', '/account/details', 'account:use'),
  'accounts.address': page('GET', '/account/address', 'account:use'),
  'accounts.change-address': page('POST', '/account/address', 'account:use'),
  'accounts.password': page('GET', '/account/password', 'account:use'),
  'accounts.change-password': page('POST', '/account/password', 'account:use'),
  'accounts.sign-ins': page('GET', '/account/sign-ins', 'account:use'),
  'accounts.end-sign-ins': page('POST', '/account/sign-ins', 'account:use'),
  'accounts.show': page('GET', '/account', 'account:use'),
  'accounts.data': page('GET', '/account/data', 'account:use'),
  'accounts.copy': page('GET', '/account/data/copy', 'account:use'),
  'accounts.withdraw-consent': page('POST', '/account/data/consents/:purpose', 'account:use'),
  'accounts.ask': page('POST', '/account/data', 'account:use'),
  'accounts.erasure': page('GET', '/account/data/erasure', 'account:use'),
  'accounts.erase': page('POST', '/account/data/erasure', 'account:use'),
  'account.alerts': page('GET', '/account/alerts', 'account:use'),
  'account.end-alert': page('POST', '/account/alerts', 'account:use'),
  'account.need': page('GET', '/account/needs/:need', 'introduction:use'),
  'account.withdraw-need': page('POST', '/account/needs/:need/withdraw', 'introduction:use'),
  'account.edit-need': page('GET', '/account/needs/:need/correction', 'introduction:use'),
  'account.save-need': page('POST', '/account/needs/:need/correction', 'introduction:use'),
  'account.ask': page('GET', '/account/needs/:need/firms/:slug', 'introduction:use'),
  'account.send-ask': page('POST', '/account/needs/:need/firms/:slug', 'introduction:use'),
  'organisations.needs': page('GET', '/organisations/:organisation/needs', 'organisation:use'),
  'organisations.need': page('GET', '/organisations/:organisation/needs/:need', 'organisation:use'),
  'organisations.introductions': page('GET', '/organisations/:organisation/introductions', 'organisation:use'),
  'organisations.matches': page('GET', '/organisations/:organisation/matches', 'organisation:use'),
  'introductions.show': page('GET', '/introductions/:introduction', 'introduction:use'),
  'introductions.answer': page('POST', '/introductions/:introduction', 'introduction:use'),
  // On the way in for the park's staff, who have no rights before it.
  'second-factor.show': page('GET', '/account/second-factor', 'account:enter'),
  'second-factor.confirm': page('POST', '/account/second-factor', 'account:enter'),
  'second-factor.codes': page('GET', '/account/second-factor/codes', 'account:enter'),
  'second-factor.kept': page('POST', '/account/second-factor/codes', 'account:enter'),
  'second-factor.file': page('GET', '/account/second-factor/codes/file', 'account:enter'),
  'second-factor.renew': page('POST', '/account/second-factor/renewal', 'account:enter'),
  'second-factor.remove': page('POST', '/account/second-factor/removal', 'account:enter'),

  'admin.queue': page('GET', '/admin', 'admin:use'),
  'admin.case': page('GET', '/admin/cases/:case', 'admin:use'),
  'admin.assign': page('POST', '/admin/cases/:case/holder', 'admin:use'),
  'admin.presence': page('GET', '/admin/cases/:case/presence', 'admin:use'),
  'admin.together': page('GET', '/admin/together', 'admin:use'),
  'admin.decide-together': page('POST', '/admin/together', 'admin:use'),
  'admin.decided-together': page('GET', '/admin/together/:batch', 'admin:use'),
  'admin.save-view': page('POST', '/admin/views', 'admin:use'),
  'admin.drop-view': page('POST', '/admin/views/:view/removal', 'admin:use'),
  'admin.evidence': page('GET', '/admin/cases/:case/picture', 'admin:use'),
  'admin.listings': page('GET', '/admin/listings', 'admin:listings'),
  'admin.export-listings': page('GET', '/admin/listings/export.:format', 'admin:listings'),
  'admin.listing-new': page('GET', '/admin/listings/new', 'admin:listings'),
  'admin.listing-enter': page('POST', '/admin/listings/new', 'admin:listings'),
  'admin.listing': page('GET', '/admin/listings/:listing', 'admin:listings'),
  'admin.listing-act': page('POST', '/admin/listings/:listing', 'admin:listings'),
  'admin.listing-quick': page('POST', '/admin/listings/:listing/quick', 'admin:listings'),
  'admin.listing-owner': page('POST', '/admin/listings/:listing/owner', 'admin:listings'),
  'admin.listing-edit': page('GET', '/admin/listings/:listing/edit/:section', 'admin:listings'),
  'admin.listing-save': page('POST', '/admin/listings/:listing/edit/:section', 'admin:listings'),
  'admin.listing-item': page('GET', '/admin/listings/:listing/edit/:section/:item', 'admin:listings'),
  'admin.listing-save-item': page('POST', '/admin/listings/:listing/edit/:section/:item', 'admin:listings'),
  'admin.listing-versions': page('GET', '/admin/listings/:listing/versions', 'admin:listings'),
  'admin.listing-restore': page('POST', '/admin/listings/:listing/versions/:version', 'admin:listings'),
  'admin.imports': page('GET', '/admin/imports', 'admin:import'),
  'admin.upload-import': { ...page('POST', '/admin/imports', 'admin:import'), uploads: 'table' },
  'admin.import': page('GET', '/admin/imports/:import', 'admin:import'),
  'admin.import-columns': page('GET', '/admin/imports/:import/columns', 'admin:import'),
  'admin.import-bad-rows': page('GET', '/admin/imports/:import/bad-rows.csv', 'admin:import'),
  'admin.import-act': page('POST', '/admin/imports/:import/acts/:act', 'admin:import'),
  'admin.people': page('GET', '/admin/people', 'admin:people'),
  'admin.person': page('GET', '/admin/people/:person', 'admin:people'),
  'admin.person-confirm': page('GET', '/admin/people/:person/:act', 'admin:people'),
  'admin.person-act': page('POST', '/admin/people/:person/:act', 'admin:people'),
  'admin.outbox': page('GET', '/admin/outbox', 'admin:outbox'),
  'admin.search': page('GET', '/admin/search', 'admin:search'),
  'admin.search-act': page('POST', '/admin/search', 'admin:search'),
  'admin.decide': page('POST', '/admin/cases/:case', 'admin:use'),
  'admin.edit-case': page('GET', '/admin/cases/:case/edit', 'admin:use'),
  'admin.save-case': page('POST', '/admin/cases/:case/edit', 'admin:use'),
  'admin.duplicates': page('GET', '/admin/duplicates', 'admin:listings'),
  'admin.duplicate': page('POST', '/admin/duplicates/:pair', 'admin:listings'),
  'admin.merge-with': page('GET', '/admin/merge/:survivor', 'admin:listings'),
  'admin.merge': page('GET', '/admin/merge/:survivor/:other', 'admin:listings'),
  'admin.merge-save': page('POST', '/admin/merge/:survivor/:other', 'admin:listings'),
  'admin.merge-preview': page('GET', '/admin/merge/:survivor/:other/preview', 'admin:listings'),
  'admin.merges': page('GET', '/admin/merges', 'admin:listings'),
  'admin.merged': page('GET', '/admin/merges/:merge', 'admin:listings'),
  'admin.unmerge': page('POST', '/admin/merges/:merge', 'admin:listings'),
  'admin.reasons': page('GET', '/admin/reasons', 'admin:listings'),
  'admin.add-reason': page('POST', '/admin/reasons', 'admin:listings'),
  'admin.reason': page('GET', '/admin/reasons/:reason', 'admin:listings'),
  'admin.save-reason': page('POST', '/admin/reasons/:reason', 'admin:listings'),
  'admin.matching': page('GET', '/admin/matching', 'admin:matching'),
  'admin.matching-change': page('GET', '/admin/matching/change', 'admin:change-matching'),
  'admin.matching-save': page('POST', '/admin/matching/change', 'admin:change-matching'),
  'admin.matching-restore': page('POST', '/admin/matching/versions/:version', 'admin:change-matching'),
  'admin.overview': page('GET', '/admin/overview', 'admin:overview'),
  'admin.overview-rows': page('GET', '/admin/overview/:what', 'admin:overview'),
  'admin.audit': page('GET', '/admin/audit', 'admin:audit'),
  'admin.audit-export': page('GET', '/admin/audit/export', 'admin:audit'),
  'admin.requests': page('GET', '/admin/requests', 'admin:requests'),
  'admin.request': page('GET', '/admin/requests/:request', 'admin:requests'),
  'admin.answer': page('POST', '/admin/requests/:request', 'admin:requests'),

  'admin.taxonomy': page('GET', '/admin/taxonomy', 'admin:taxonomy'),
  'admin.taxonomy-new': page('GET', '/admin/taxonomy/entries/:kind/new', 'admin:taxonomy'),
  'admin.taxonomy-add': page('POST', '/admin/taxonomy/entries/:kind/new', 'admin:taxonomy'),
  'admin.taxonomy-entry': page('GET', '/admin/taxonomy/entries/:kind/:entry', 'admin:taxonomy'),
  'admin.taxonomy-change': page('POST', '/admin/taxonomy/entries/:kind/:entry', 'admin:taxonomy'),
  'admin.taxonomy-end': page('GET', '/admin/taxonomy/entries/:kind/:entry/end', 'admin:taxonomy'),
  'admin.taxonomy-end-draft': page('POST', '/admin/taxonomy/entries/:kind/:entry/end', 'admin:taxonomy'),
  'admin.taxonomy-draft': page('GET', '/admin/taxonomy/drafts/:draft', 'admin:taxonomy'),
  'admin.taxonomy-save': page('POST', '/admin/taxonomy/drafts/:draft', 'admin:taxonomy'),
  'admin.taxonomy-searches': page('GET', '/admin/taxonomy/searches', 'admin:taxonomy'),
  'admin.taxonomy-phrases': page('GET', '/admin/taxonomy/phrases', 'admin:taxonomy'),
  'admin.taxonomy-dismiss': page('POST', '/admin/taxonomy/searches', 'admin:taxonomy'),
  'admin.taxonomy-word': page('GET', '/admin/taxonomy/words', 'admin:taxonomy'),
  'admin.taxonomy-add-word': page('POST', '/admin/taxonomy/words', 'admin:taxonomy'),
  'admin.taxonomy-lists': page('GET', '/admin/taxonomy/lists', 'admin:taxonomy'),
  'admin.taxonomy-save-lists': page('POST', '/admin/taxonomy/lists', 'admin:taxonomy'),
  'admin.taxonomy-versions': page('GET', '/admin/taxonomy/versions', 'admin:taxonomy'),
  'admin.taxonomy-version': page('GET', '/admin/taxonomy/versions/:version', 'admin:taxonomy'),
  'admin.taxonomy-restore': page('POST', '/admin/taxonomy/versions/:version', 'admin:taxonomy'),

  'organisations.list': page('GET', '/organisations', 'organisation:use'),
  'organisations.new': page('GET', '/organisations/new', 'organisation:create'),
  'organisations.create': page('POST', '/organisations/new', 'organisation:create'),
  'organisations.show': page('GET', '/organisations/:organisation', 'organisation:use'),
  'organisations.renew': page('POST', '/organisations/:organisation/renewal', 'organisation:use'),
  'organisations.preview': page('GET', '/organisations/:organisation/preview', 'organisation:use'),
  'organisations.profile': page('GET', '/organisations/:organisation/profile', 'organisation:use'),
  'organisations.send': page('POST', '/organisations/:organisation/profile', 'organisation:use'),
  'organisations.section': page('GET', '/organisations/:organisation/profile/:section', 'organisation:use'),
  'organisations.save': page('POST', '/organisations/:organisation/profile/:section', 'organisation:use'),
  'organisations.item': page('GET', '/organisations/:organisation/profile/:section/:item', 'organisation:use'),
  'organisations.save-item': page('POST', '/organisations/:organisation/profile/:section/:item', 'organisation:use'),
  'organisations.members': page('GET', '/organisations/:organisation/members', 'organisation:use'),
  'organisations.invite': page('POST', '/organisations/:organisation/members', 'organisation:use'),
  'organisations.member': page('POST', '/organisations/:organisation/members/:person', 'organisation:use'),
  'organisations.leave': page('POST', '/organisations/:organisation/leave', 'organisation:use'),
  'organisations.invitation': page('POST', '/organisations/:organisation/invitations/:invitation', 'organisation:use'),
  'invitations.show': page('GET', '/invitations/:key', 'account:enter'),
  'invitations.accept': page('POST', '/invitations/:key', 'account:use'),
  'invitations.join': page('POST', '/account/invitations/:invitation', 'account:use'),

  'park.logo': file('/park/logo/:file'),
  'admin.park': page('GET', '/admin/park', 'admin:park'),
  'admin.park-logo': { ...page('POST', '/admin/park/logo/picture', 'admin:park'), uploads: true },
  'admin.park-section': page('GET', '/admin/park/:section', 'admin:park'),
  'admin.park-save': page('POST', '/admin/park/:section', 'admin:park'),
  'admin.park-versions': page('GET', '/admin/park/:section/versions', 'admin:park'),
  'admin.park-version': page('GET', '/admin/park/:section/versions/:version', 'admin:park'),
  'admin.park-restore': page('POST', '/admin/park/:section/versions/:version', 'admin:park'),
  'admin.park-zone': page('GET', '/admin/park/zones/:zone', 'admin:park'),
  'admin.park-zone-retire': page('POST', '/admin/park/zones/:zone/retire', 'admin:park'),
  'admin.park-unit-move': page('POST', '/admin/park/zones/:zone/units', 'admin:park'),
  about: listed('/about', 'page:read'),
  contact: listed('/contact', 'page:read'),
  terms: listed('/terms', 'page:read'),
  privacy: listed('/privacy', 'page:read'),

  'api.providers': api('GET', '/providers', 'listing:browse'),
  'api.provider': api('GET', '/providers/:slug', 'listing:browse'),
  'api.businesses': api('GET', '/businesses', 'listing:browse'),
  'api.business': api('GET', '/businesses/:slug', 'listing:browse'),
  'api.needs': api('GET', '/needs', 'need:browse'),
  'api.need': api('GET', '/needs/:slug', 'need:browse'),
  'api.match': api('POST', '/match', 'match:run'),
  'api.openapi': api('GET', '/openapi.json', 'page:read'),

  healthz: file('/healthz', 'service:probe'),
  readyz: file('/readyz', 'service:probe'),
  sitemap: file('/sitemap.xml'),
  robots: file('/robots.txt'),
  asset: file('/assets/:hash/{*file}'),
} as const satisfies Record<string, RouteSpec>

export type RouteName = keyof typeof ROUTES
export type PageName = { [K in RouteName]: (typeof ROUTES)[K]['kind'] extends 'page' ? K : never }[RouteName]

/** Path parameters and query values of an address. */
export type RouteParams = Readonly<Record<string, string | number | readonly (string | number)[] | undefined>>

/** Whether it is read by people, in either language. */
export const isBilingual = ({ kind }: Pick<RouteSpec, 'kind'>): boolean => kind === 'page' || kind === 'mailed'

/** The path of a route in `lang`, parameters filled in and encoded, `query` appended (empty and undefined values left out). */
export function pathTo(name: RouteName, lang: Lang, params: RouteParams = {}, query: RouteParams = {}): string {
  const spec: RouteSpec = ROUTES[name]
  const filled = spec.path.replace(/\{?([:*])(\w+)\}?/g, (_, kind: string, key: string) => {
    const value = params[key]
    if (value === undefined) throw new TypeError(`route "${name}" needs the parameter "${key}"`)
    // A wildcard stands for several parts of a path, a parameter for one.
    return kind === '*' ? String(value).split('/').map(encodeURIComponent).join('/') : encodeURIComponent(String(value))
  })
  return localPath(filled, isBilingual(spec) ? lang : 'vi') + queryString(query)
}

/**
 * A path of this very site to go on to, as an address handed it over; null for anything that could lead elsewhere. What
 * browsers make of `//host`, `/\\host` or of tabs in between is for them to say, so the path is resolved as they do.
 */
export function localTarget(value: unknown): string | null {
  if (typeof value !== 'string' || !value.startsWith('/') || value.length > 2_000) return null
  const base = 'http://site.invalid'
  const url = URL.canParse(value, base) ? new URL(value, base) : null
  if (url?.origin !== base) return null
  const path = url.pathname + url.search
  return path.startsWith('//') ? null : path
}

/** The address of `path` (a Vietnamese one) in `lang`. */
export function localPath(path: string, lang: Lang): string {
  if (lang === 'vi') return path
  return path === '/' ? '/en' : `/en${path}`
}

function queryString(query: RouteParams): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== '') search.append(key, String(one))
    }
  }
  const text = search.toString()
  return text ? `?${text}` : ''
}
