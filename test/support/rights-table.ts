import type { RouteName } from '../../src/kernel/routes.js'
import type { Role, Roles } from './roles.js'

/** What every role gets from every route. A route that is not written down here does not compile, and fails the test. */

export interface Expectation {
  path(roles: Roles): string
  /** Fields of a form, or the JSON of a call. Left out: none, so that who may send is told what is missing (422). */
  body?: Record<string, string>
  status: number | Readonly<Record<Role, number>>
}

const at =
  (path: string): Expectation['path'] =>
  () =>
    path

/** The same for everybody. */
const all = (path: string | Expectation['path'], status = 200, body?: Record<string, string>): Expectation => ({
  path: typeof path === 'string' ? at(path) : path,
  status,
  ...(body && { body }),
})

/** `others` for everybody but those named; who is not signed in is led to where one signs in. */
const only = (
  path: string | Expectation['path'],
  allowed: Partial<Record<Role, number>>,
  others: number,
  body?: Record<string, string>,
): Expectation => ({
  ...(body && { body }),
  path: typeof path === 'string' ? at(path) : path,
  status: {
    visitor: 303,
    'staff before the second factor': 303,
    'person without organisation': others,
    'firm owner': others,
    'firm editor': others,
    'firm viewer': others,
    'owner of another firm': others,
    'business owner': others,
    'business viewer': others,
    curator: others,
    administrator: others,
    ...allowed,
  },
})

/** What staff get from a record that there is not. */
const UNKNOWN = { curator: 404, administrator: 404 } as const
const STAFF = { curator: 200, administrator: 200 } as const

/** Who reads a firm's own pages, and who also writes there; the firm's viewers and the park's staff are told that they may not. */
const FIRM_READERS = { 'firm owner': 200, 'firm editor': 200, 'firm viewer': 200, ...STAFF } as const
const firmEditors = (status: number): Partial<Record<Role, number>> => ({
  ...{ 'firm owner': status, 'firm editor': status },
  ...{ 'firm viewer': 403, curator: 403, administrator: 403 },
})
const FIRM_EDITORS = firmEditors(200)
const FIRM_OWNERS = { ...firmEditors(403), 'firm owner': 422 } as const

const ofFirm =
  (rest = ''): Expectation['path'] =>
  ({ firm }) =>
    `/organisations/${firm.id}${rest}`

export const EXPECTED: Record<RouteName, Expectation> = {
  home: all('/'),
  'providers.list': all('/providers'),
  'providers.show': all(({ firm }) => `/providers/${firm.slug}`),
  'businesses.list': all('/businesses'),
  'businesses.show': all(({ business }) => `/businesses/${business.slug}`),
  'needs.list': all('/needs'),
  'needs.new': all('/needs/new'),
  'needs.start': all('/needs/new', 422),
  'needs.step': all('/needs/new/somebody-elses/details', 404),
  'needs.save': all('/needs/new/somebody-elses/details', 404),
  'needs.show': all(({ need }) => `/needs/${need.slug}`),
  'needs.follow': all(({ guestNeed }) => `/my-need/${guestNeed.key}`),
  'needs.copy': all(({ guestNeed }) => `/my-need/${guestNeed.key}/copy`),
  'needs.erase': all('/my-need/no-such-key/erasure', 404),
  'needs.withdraw': all('/my-need/no-such-key/withdraw', 404),
  'needs.edit': all(({ guestNeed }) => `/my-need/${guestNeed.key}/correction`),
  'needs.save-edit': all(({ guestNeed }) => `/my-need/${guestNeed.key}/correction`, 422),
  'needs.ask': all(({ guestNeed, firm }) => `/my-need/${guestNeed.key}/firms/${firm.slug}`),
  'needs.send-ask': all(({ guestNeed, firm }) => `/my-need/${guestNeed.key}/firms/${firm.slug}`, 422),
  // A link opens its own need's introductions and nobody else's.
  'needs.introduction': all(
    ({ guestNeed, introduction }) => `/my-need/${guestNeed.key}/introductions/${introduction.id}`,
    404,
  ),
  'needs.answer': all(
    ({ guestNeed, introduction }) => `/my-need/${guestNeed.key}/introductions/${introduction.id}`,
    404,
  ),
  'needs.watch': all('/my-need/no-such-key/alert', 404),
  'needs.start-watch': all('/my-need/no-such-key/alert', 404),
  'needs.offer': only(({ need }) => `/needs/${need.slug}/offer`, firmsWriters(200), 403),
  'needs.send-offer': only(({ need }) => `/needs/${need.slug}/offer`, firmsWriters(422), 403),
  'reports.new': all(({ firm }) => `/reports/providers/${firm.slug}`),
  'reports.send': all(({ need }) => `/reports/needs/${need.slug}`, 422),
  suggest: all('/suggest?q=ke', 303),
  match: all('/match?text=can+phan+mem+ke+toan'),
  ranking: all('/ranking'),
  demand: all('/demand'),
  'alerts.new': all('/alerts/new?text=can+phan+mem+ke+toan'),
  // Who is signed in needs to say nothing more; of the others the address is wanted.
  'alerts.start': only('/alerts/new', { visitor: 422, 'staff before the second factor': 422 }, 303, {
    text: 'can phan mem ke toan',
  }),
  'alerts.link': all('/alerts/confirmation/no-such-key', 404),
  'alerts.confirm': all('/alerts/confirmation/no-such-key', 404),
  'alerts.stop': all('/alerts/stop/no-such-token', 404),
  'alerts.stopped': all('/alerts/stop/no-such-token', 404),
  'account.alerts': only('/account/alerts', {}, 200),
  'account.end-alert': only('/account/alerts', {}, 303, { watch: 'no-such-watch' }),
  'accounts.sign-in': notOnceSignedIn('/sign-in'),
  'accounts.enter': all('/sign-in', 422),
  'accounts.code': all('/sign-in/code', 303),
  'accounts.give-code': all('/sign-in/code', 303),
  'second-factor.show': only('/account/second-factor', { 'staff before the second factor': 200 }, 200),
  'second-factor.confirm': only(
    '/account/second-factor',
    { 'staff before the second factor': 422, curator: 303, administrator: 303 },
    422,
  ),
  'second-factor.codes': all('/account/second-factor/codes', 303),
  'second-factor.kept': all('/account/second-factor/codes', 303),
  'second-factor.file': only('/account/second-factor/codes/file', { 'staff before the second factor': 404 }, 404),
  'second-factor.renew': only('/account/second-factor/renewal', { curator: 422, administrator: 422 }, 303),
  'second-factor.remove': only(
    '/account/second-factor/removal',
    { 'staff before the second factor': 403, curator: 403, administrator: 403 },
    303,
  ),
  // No sign-in service is configured here; its own test has one.
  'accounts.open-id': all('/sign-in/with', 404),
  'accounts.open-id-callback': all('/sign-in/with/callback', 404),
  'accounts.open-id-new': all('/sign-in/with/new', 404),
  'accounts.open-id-join': all('/sign-in/with/new', 404),
  'admin.listings': only('/admin/listings', STAFF, 403),
  'admin.export-listings': only('/admin/listings/export.csv', STAFF, 403),
  'admin.listing-new': only('/admin/listings/new', STAFF, 403),
  'admin.listing-enter': only('/admin/listings/new', { curator: 422, administrator: 422 }, 403),
  'admin.listing-owner': only('/admin/listings/no-such-listing/owner', UNKNOWN, 403),
  'admin.listing-edit': only(({ firm }) => `/admin/listings/${firm.id}/edit/basics`, STAFF, 403),
  'admin.listing-save': only('/admin/listings/no-such-listing/edit/basics', UNKNOWN, 403),
  'admin.listing-item': only(({ firm }) => `/admin/listings/${firm.id}/edit/cases/new`, STAFF, 403),
  'admin.listing-save-item': only('/admin/listings/no-such-listing/edit/cases/new', UNKNOWN, 403),
  'admin.listing': only(({ firm }) => `/admin/listings/${firm.id}`, STAFF, 403),
  'admin.listing-act': only('/admin/listings/no-such-listing', UNKNOWN, 403),
  'admin.listing-quick': only('/admin/listings/no-such-listing/quick', UNKNOWN, 403),
  'admin.listing-versions': only(({ firm }) => `/admin/listings/${firm.id}/versions`, STAFF, 403),
  'admin.listing-restore': only('/admin/listings/no-such-listing/versions/1', UNKNOWN, 403),
  'admin.imports': only('/admin/imports', STAFF, 403),
  'admin.upload-import': only('/admin/imports', { curator: 422, administrator: 422 }, 403),
  'admin.import': only('/admin/imports/nothing', UNKNOWN, 403),
  'admin.import-columns': only('/admin/imports/nothing/columns', UNKNOWN, 403),
  'admin.import-bad-rows': only('/admin/imports/nothing/bad-rows.csv', UNKNOWN, 403),
  'admin.import-act': only('/admin/imports/nothing/acts/commit', UNKNOWN, 403),
  'admin.people': only('/admin/people', { administrator: 200 }, 403),
  'admin.person': only(`/admin/people/nobody`, { administrator: 404 }, 403),
  'admin.person-confirm': only('/admin/people/nobody/curator', { administrator: 404 }, 403),
  'admin.person-act': only('/admin/people/nobody/curator', { administrator: 404 }, 403),
  'admin.outbox': only('/admin/outbox', { administrator: 200 }, 403),
  'admin.search': only('/admin/search', { administrator: 200 }, 403),
  'admin.search-act': only('/admin/search', { administrator: 422 }, 403),
  'admin.matching': only('/admin/matching', STAFF, 403),
  'admin.matching-change': only('/admin/matching/change', { administrator: 200 }, 403),
  'admin.matching-save': only('/admin/matching/change', { administrator: 422 }, 403),
  'admin.matching-restore': only('/admin/matching/versions/no-such-version', { administrator: 404 }, 403),
  'admin.park': only('/admin/park', { administrator: 200 }, 403),
  'park.logo': all('/park/logo/no-such-picture', 404),
  'admin.park-logo': only('/admin/park/logo/picture', { administrator: 422 }, 403),
  'admin.park-section': only('/admin/park/name', { administrator: 200 }, 403),
  'admin.park-save': only('/admin/park/name', { administrator: 422 }, 403),
  'admin.park-zone': only('/admin/park/zones/nowhere', { administrator: 404 }, 403),
  'admin.park-zone-retire': only('/admin/park/zones/nowhere/retire', { administrator: 404 }, 403),
  'admin.park-unit-move': only('/admin/park/zones/nowhere/units', { administrator: 404 }, 403),
  'admin.park-versions': only('/admin/park/name/versions', { administrator: 200 }, 403),
  'admin.park-version': only('/admin/park/name/versions/77', { administrator: 404 }, 403),
  'admin.park-restore': only('/admin/park/name/versions/77', { administrator: 404 }, 403),
  // The last of its role: nobody is signed in afterwards, so it is sent without a token.
  'accounts.sign-out': all('/sign-out', 403, { _csrf: 'made up' }),
  'accounts.sign-up': notOnceSignedIn('/sign-up'),
  'accounts.request-sign-up': all('/sign-up', 422),
  'accounts.sign-up-link': all('/sign-up/no-such-key', 404),
  'accounts.complete-sign-up': all('/sign-up/no-such-key', 404),
  'accounts.reset': all('/reset'),
  'accounts.request-reset': all('/reset', 422),
  'accounts.reset-link': all('/reset/no-such-key', 404),
  'accounts.complete-reset': all('/reset/no-such-key', 404),
  'accounts.address-link': all('/address/no-such-key', 404),
  'accounts.confirm-address': all('/address/no-such-key', 404),
  'accounts.details': only('/account/details', {}, 200),
  'accounts.save-details': only('/account/details', {}, 422),
  'accounts.address': only('/account/address', {}, 200),
  'accounts.change-address': only('/account/address', {}, 422),
  'accounts.password': only('/account/password', {}, 200),
  'accounts.change-password': only('/account/password', {}, 422),
  'accounts.sign-ins': only('/account/sign-ins', {}, 200),
  'accounts.end-sign-ins': only('/account/sign-ins', {}, 404, { signIn: 'somebody-elses' }),
  'accounts.show': only('/account', {}, 200),
  'claims.new': only(({ firm }) => `/providers/${firm.slug}/claim`, {}, 200),
  'claims.send': only(({ firm }) => `/providers/${firm.slug}/claim`, {}, 422),
  'claims.show': only('/claims/no-such-key', {}, 404),
  'claims.confirm': only('/claims/no-such-key', {}, 404),
  'admin.evidence': only('/admin/cases/no-such-case/picture', UNKNOWN, 403),
  'admin.queue': only('/admin', STAFF, 403),
  'admin.assign': only('/admin/cases/no-such-case/holder', UNKNOWN, 403, { act: 'take' }),
  'admin.presence': only('/admin/cases/no-such-case/presence', UNKNOWN, 403),
  'admin.together': only('/admin/together', STAFF, 403),
  'admin.decide-together': only('/admin/together', { curator: 422, administrator: 422 }, 403),
  'admin.decided-together': only('/admin/together/no-such-batch', { curator: 303, administrator: 303 }, 403),
  'admin.save-view': only('/admin/views', { curator: 422, administrator: 422 }, 403),
  'admin.drop-view': only('/admin/views/no-such-view/removal', UNKNOWN, 403),
  'admin.case': only('/admin/cases/no-such-case', UNKNOWN, 403),
  'admin.decide': only('/admin/cases/no-such-case', UNKNOWN, 403, { action: 'approve' }),
  'organisations.list': only('/organisations', {}, 200),
  'organisations.new': only('/organisations/new', {}, 200),
  'organisations.create': only('/organisations/new', {}, 422),
  'organisations.show': only(ofFirm(), FIRM_READERS, 404),
  'organisations.renew': only(
    ({ firm }) => `/organisations/${firm.id}/renewal`,
    { ...firmEditors(303), 'firm owner': 303, 'firm editor': 303 },
    404,
  ),
  'organisations.preview': only(ofFirm('/preview'), FIRM_READERS, 404),
  'organisations.profile': only(ofFirm('/profile'), FIRM_EDITORS, 404),
  'organisations.send': only(ofFirm('/profile'), firmEditors(303), 404),
  'organisations.section': only(ofFirm('/profile/basics'), FIRM_EDITORS, 404),
  'organisations.save': only(ofFirm('/profile/basics'), firmEditors(422), 404),
  'organisations.item': only(ofFirm('/profile/services/0'), FIRM_EDITORS, 404),
  'organisations.save-item': only(ofFirm('/profile/services/0'), firmEditors(422), 404),
  'accounts.data': only('/account/data', {}, 200),
  'accounts.copy': only('/account/data/copy', {}, 200),
  'accounts.withdraw-consent': only('/account/data/consents/no-such-purpose', {}, 404),
  'accounts.ask': only('/account/data', {}, 422),
  'accounts.erasure': only('/account/data/erasure', {}, 200),
  'accounts.erase': only('/account/data/erasure', {}, 422),
  'admin.edit-case': only('/admin/cases/no-such-case/edit', UNKNOWN, 403),
  'admin.save-case': only('/admin/cases/no-such-case/edit', UNKNOWN, 403),
  'admin.duplicates': only('/admin/duplicates', STAFF, 403),
  'admin.duplicate': only('/admin/duplicates/no-such-pair', UNKNOWN, 403, { state: 'apart' }),
  'admin.merge-with': only('/admin/merge/no-such-listing', UNKNOWN, 403),
  'admin.merge': only('/admin/merge/no-such-listing/neither', UNKNOWN, 403),
  'admin.merge-save': only('/admin/merge/no-such-listing/neither', UNKNOWN, 403),
  'admin.merge-preview': only('/admin/merge/no-such-listing/neither/preview', UNKNOWN, 403),
  'admin.merges': only('/admin/merges', STAFF, 403),
  'admin.merged': only('/admin/merges/no-such-merge', UNKNOWN, 403),
  'admin.unmerge': only('/admin/merges/no-such-merge', UNKNOWN, 403),
  'admin.reasons': only('/admin/reasons', STAFF, 403),
  'admin.add-reason': only('/admin/reasons', { curator: 422, administrator: 422 }, 403),
  'admin.reason': only('/admin/reasons/no-such-reason', UNKNOWN, 403),
  'admin.save-reason': only('/admin/reasons/no-such-reason', UNKNOWN, 403),
  'admin.taxonomy': only('/admin/taxonomy', STAFF, 403),
  'admin.taxonomy-new': only('/admin/taxonomy/entries/service/new', STAFF, 403),
  'admin.taxonomy-add': only('/admin/taxonomy/entries/service/new', { curator: 422, administrator: 422 }, 403),
  'admin.taxonomy-entry': only('/admin/taxonomy/entries/service/accounting', STAFF, 403),
  'admin.taxonomy-change': only(
    '/admin/taxonomy/entries/service/accounting',
    { curator: 422, administrator: 422 },
    403,
  ),
  'admin.taxonomy-end': only('/admin/taxonomy/entries/service/accounting/end', STAFF, 403),
  'admin.taxonomy-end-draft': only(
    '/admin/taxonomy/entries/service/accounting/end',
    { curator: 422, administrator: 422 },
    403,
  ),
  'admin.taxonomy-draft': only('/admin/taxonomy/drafts/no-such-draft', UNKNOWN, 403),
  'admin.taxonomy-save': only('/admin/taxonomy/drafts/no-such-draft', UNKNOWN, 403),
  'admin.taxonomy-phrases': only('/admin/taxonomy/phrases', STAFF, 403),
  'admin.taxonomy-searches': only('/admin/taxonomy/searches', STAFF, 403),
  'admin.taxonomy-dismiss': only('/admin/taxonomy/searches', { curator: 303, administrator: 303 }, 403),
  'admin.taxonomy-word': only('/admin/taxonomy/words', STAFF, 403),
  'admin.taxonomy-add-word': only('/admin/taxonomy/words', { curator: 422, administrator: 422 }, 403),
  'admin.taxonomy-lists': only('/admin/taxonomy/lists', STAFF, 403),
  'admin.taxonomy-save-lists': only('/admin/taxonomy/lists', { curator: 422, administrator: 422 }, 403),
  'admin.taxonomy-versions': only('/admin/taxonomy/versions', STAFF, 403),
  'admin.taxonomy-version': only('/admin/taxonomy/versions/1', STAFF, 403),
  'admin.taxonomy-restore': only('/admin/taxonomy/versions/no-such-version', UNKNOWN, 403),
  'admin.overview': only('/admin/overview', STAFF, 403),
  'admin.overview-rows': only('/admin/overview/needs', STAFF, 403),
  'admin.audit': only('/admin/audit', { administrator: 200 }, 403),
  'admin.audit-export': only('/admin/audit/export', { administrator: 200 }, 403),
  'admin.requests': only('/admin/requests', { administrator: 200 }, 403),
  'admin.request': only('/admin/requests/no-such-request', { administrator: 404 }, 403),
  'admin.answer': only('/admin/requests/no-such-request', { administrator: 404 }, 403),
  'organisations.members': only(ofFirm('/members'), FIRM_READERS, 404),
  'organisations.invite': only(ofFirm('/members'), FIRM_OWNERS, 404),
  'organisations.member': only(ofFirm('/members/somebody'), FIRM_OWNERS, 404),
  // Without a token, since whoever leaves is no member in the rows that follow.
  'organisations.leave': all(ofFirm('/leave'), 403, { _csrf: 'made up' }),
  'organisations.invitation': only(ofFirm('/invitations/no-such-invitation'), FIRM_OWNERS, 404),
  'invitations.show': all('/invitations/no-such-key', 404),
  'invitations.accept': only('/invitations/no-such-key', {}, 404),
  'invitations.join': only('/account/invitations/no-such-invitation', {}, 404),
  'account.need': only(({ need }) => `/account/needs/${need.id}`, businessMembers(303), 404),
  'account.edit-need': only(({ need }) => `/account/needs/${need.id}/correction`, { 'business owner': 200 }, 404),
  'account.save-need': only(({ need }) => `/account/needs/${need.id}/correction`, { 'business owner': 422 }, 404),
  'account.withdraw-need': only('/account/needs/no-such-need/withdraw', {}, 404),
  'account.ask': only(
    ({ need, otherFirm }) => `/account/needs/${need.id}/firms/${otherFirm.slug}`,
    { 'business owner': 200 },
    404,
  ),
  'account.send-ask': only(
    ({ need, otherFirm }) => `/account/needs/${need.id}/firms/${otherFirm.slug}`,
    { 'business owner': 422 },
    404,
  ),
  'organisations.needs': only(({ business }) => `/organisations/${business.id}/needs`, businessMembers(200), 404),
  'organisations.need': only(
    ({ business, need }) => `/organisations/${business.id}/needs/${need.id}`,
    businessMembers(200),
    404,
  ),
  'organisations.introductions': only(({ firm }) => `/organisations/${firm.id}/introductions`, firmMembers(200), 404),
  'organisations.matches': only(({ firm }) => `/organisations/${firm.id}/matches`, firmMembers(200), 404),
  'introductions.show': only(({ introduction }) => `/introductions/${introduction.id}`, bothSidesAndStaff(200), 404),
  'introductions.answer': only(({ introduction }) => `/introductions/${introduction.id}`, bothSidesAndStaff(422), 404),

  about: all('/about'),
  contact: all('/contact'),
  terms: all('/terms'),
  privacy: all('/privacy'),

  'api.providers': all('/api/v1/providers'),
  'api.provider': all(({ firm }) => `/api/v1/providers/${firm.slug}`),
  'api.businesses': all('/api/v1/businesses'),
  'api.business': all(({ business }) => `/api/v1/businesses/${business.slug}`),
  'api.needs': all('/api/v1/needs'),
  'api.need': all(({ need }) => `/api/v1/needs/${need.slug}`),
  'api.match': all('/api/v1/match', 422),
  'api.openapi': all('/api/v1/openapi.json'),

  healthz: all('/healthz'),
  readyz: all('/readyz'),
  sitemap: all('/sitemap.xml'),
  robots: all('/robots.txt'),
  asset: all('/assets/0/no-such-file', 404),
}

/** A page of the way in, which leads on whoever is in. */
function notOnceSignedIn(path: string): Expectation {
  return only(path, { visitor: 200, 'staff before the second factor': 200 }, 303)
}

function firmMembers(status: number): Partial<Record<Role, number>> {
  return { 'firm owner': status, 'firm editor': status, 'firm viewer': status }
}

function firmsWriters(status: number): Partial<Record<Role, number>> {
  return { 'firm owner': status, 'firm editor': status, 'owner of another firm': status }
}

function businessMembers(status: number): Partial<Record<Role, number>> {
  return { 'business owner': status, 'business viewer': status }
}

function bothSidesAndStaff(status: number): Partial<Record<Role, number>> {
  return { ...firmMembers(status), ...businessMembers(status), curator: status, administrator: status }
}
