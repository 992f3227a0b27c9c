/**
 * Who may do what. Pure and in one place: routes name an action, use cases ask `can`, and lists take their filter from
 * `visibleTo`, so that nothing is shown that is not the viewer's.
 */

/** A member's part in an organisation; each includes the ones after it. */
export const MEMBER_ROLES = ['owner', 'editor', 'viewer'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

/** A firm or a business somebody belongs to; its id is that of its record. */
export interface Membership {
  type: 'provider' | 'business'
  organisation: string
  role: MemberRole
  /** A firm that the park does not list, yet or any more: anybody can enter one, and it makes nobody one of the park's. */
  waiting?: true
}

export const STAFF_ROLES = ['curator', 'administrator'] as const
/** The park's own people; an administrator may do all that a curator may. */
export type StaffRole = (typeof STAFF_ROLES)[number]

/** Who asks. */
export type Actor =
  | { kind: 'visitor' }
  /**
   * Somebody who holds a link of one need. `proved`: it was read in the mail, so the address is his; the browser that
   * posted the need holds another link, which proves nothing about the address typed there.
   */
  | { kind: 'guest'; needId: string; personId: string; proved: boolean }
  /** Somebody signed in, with the second factor given where one is wanted; before that he is a visitor. */
  | { kind: 'person'; personId: string; memberships: readonly Membership[]; staff: StaffRole | null }
  /** The product's own commands and jobs: import, seed, migrations. */
  | { kind: 'system'; name: string }

export const VISITOR: Actor = { kind: 'visitor' }

/** What of a record matters for permission. */
export interface Resource {
  type: 'provider' | 'business' | 'need'
  id: string
  published: boolean
  archived: boolean
  /** Needs: who may see it once published. Businesses: `public` only when it agreed to be listed. */
  visibility: 'public' | 'park' | 'matched' | 'hidden'
  /** Of a need: the business it belongs to, and the person who posted it. */
  organisation?: string | null
  ownerId?: string | null
}

/** A firm or a business as its members see it. */
export interface OrganisationResource {
  type: 'organisation'
  id: string
}

/** Two sides that are being brought together. */
export interface IntroductionResource {
  type: 'introduction'
  id: string
  /** The need's side. */
  needId: string
  business: string | null
  ownerId: string | null
  /** The firm's side. */
  provider: string
  /** Whether the contacts are open to both. */
  accepted: boolean
}

/** Somebody's own account and data. */
export interface PersonResource {
  type: 'person'
  id: string
}

/** Something that waits for a curator. */
export interface CaseResource {
  type: 'case'
  id: string
  /** Who waits for the decision. */
  personId: string | null
  /** The firm or business it is about. */
  organisation: string | null
}

export type AnyResource = Resource | OrganisationResource | IntroductionResource | PersonResource | CaseResource

type Rule = (actor: Actor, resource: AnyResource | undefined) => boolean

const everybody: Rule = () => true
const signedIn: Rule = (actor) => actor.kind === 'person'
const staff: Rule = (actor) => actor.kind === 'person' && actor.staff !== null
const administrator: Rule = (actor) => actor.kind === 'person' && actor.staff === 'administrator'

const proven: Rule = (actor) => actor.kind !== 'guest' || actor.proved

/** Somebody's own account and data. */
const oneself: Rule = (actor, r) =>
  r?.type === 'person' &&
  (actor.kind === 'person' || actor.kind === 'guest') &&
  actor.personId === r.id &&
  proven(actor, r)

/** A member whose role is at least this one. */
const memberAs =
  (least: MemberRole): Rule =>
  (actor, resource) =>
    resource?.type === 'organisation' && belongs(actor, resource.id, least)

const owns: Rule = (actor, r) => r?.type === 'need' && ownsNeed(actor, r, 'editor')

const RULES = {
  'page:read': everybody,
  'service:probe': everybody,
  'listing:browse': everybody,
  'listing:read': (actor, r) => isListing(r) && (isPublic(r) || belongs(actor, r.id, 'viewer') || staff(actor, r)),
  /** Edit, suspend, archive, merge, restore in the park's name: never a listing of one's own. */
  'listing:curate': (actor, r) => staff(actor, r) && isRecord(r) && !isOwn(actor, r),
  'need:browse': everybody,
  'need:read': (actor, r) =>
    r?.type === 'need' && (isVisible(actor, r) || ownsNeed(actor, r, 'viewer') || staff(actor, r)),
  'need:post': everybody,
  'need:follow': everybody,
  'need:withdraw': owns,
  'need:edit': both(owns, proven),
  'match:run': everybody,
  /** Asking to be told, confirming it and ending it by mailed links. */
  'alert:use': everybody,
  /** Being told of what fits a need of one's own side, or a firm that one belongs to. */
  'alert:watch': either(
    both((actor, r) => r?.type === 'need' && ownsNeed(actor, r, 'viewer'), proven),
    memberAs('viewer'),
  ),
  'demand:read': everybody,
  /** Pages on the way in: signing up and in, reset, mailed links. */
  'account:enter': everybody,
  'account:use': signedIn,
  /** One's own data: of a guest, by the link mailed to him. Nobody else's, whatever his role. */
  'person:read-data': oneself,
  'person:withdraw-consent': oneself,
  'person:erase': oneself,
  'person:ask': oneself,
  /** The area of one's firms and businesses. */
  'organisation:use': signedIn,
  'organisation:create': signedIn,
  'organisation:claim': signedIn,
  'organisation:read': either(memberAs('viewer'), staff),
  'organisation:edit': memberAs('editor'),
  /** Members, invitations, leaving somebody else out. */
  'organisation:manage': memberAs('owner'),
  'introduction:use': signedIn,
  'introduction:read': (actor, r) =>
    onNeedSide(actor, r, 'viewer') || onFirmSide(actor, r, 'viewer') || staff(actor, r),
  /** Asking a firm, for one's own need. */
  'introduction:ask': both(owns, proven),
  /** Offering one's own firm for a need. */
  'introduction:offer': memberAs('editor'),
  /** The firm's yes or no to a request; the need's owner's to an offer. */
  'introduction:answer-request': (actor, r) => onFirmSide(actor, r, 'editor'),
  'introduction:answer-offer': (actor, r) => onNeedSide(actor, r, 'editor'),
  'introduction:withdraw-request': (actor, r) => onNeedSide(actor, r, 'editor'),
  'introduction:withdraw-offer': (actor, r) => onFirmSide(actor, r, 'editor'),
  'introduction:tell-outcome': (actor, r) => onNeedSide(actor, r, 'editor') || onFirmSide(actor, r, 'editor'),
  /** Each side's contacts: never before both have agreed, and never to staff. */
  'introduction:contacts': (actor, r) =>
    r?.type === 'introduction' && r.accepted && (onNeedSide(actor, r, 'viewer') || onFirmSide(actor, r, 'viewer')),
  'introduction:settle': staff,
  'admin:use': staff,
  /** Nobody decides on what he has asked for himself, nor on a firm of his own. */
  'case:decide': (actor, r) => staff(actor, r) && r?.type === 'case' && !concerns(actor, r),
  'admin:listings': staff,
  'admin:import': staff,
  'admin:taxonomy': staff,
  'admin:overview': staff,
  /** What the ranking weighs by may be seen by who answers for its results, and changed by few. */
  'admin:matching': staff,
  'admin:change-matching': administrator,
  'admin:park': administrator,
  'admin:audit': administrator,
  'admin:people': administrator,
  'admin:outbox': administrator,
  'admin:search': administrator,
  'admin:requests': administrator,
} as const satisfies Record<string, Rule>

export type Action = keyof typeof RULES

/** Whether `actor` may do `action`, on `resource` where the action is about one record. */
export function can(actor: Actor, action: Action, resource?: AnyResource): boolean {
  return actor.kind === 'system' || RULES[action](actor, resource)
}

/** Every action there is, for the table of rights. */
export const ACTIONS = Object.keys(RULES) as Action[]

/** The role of `actor` in an organisation; null when he does not belong to it. */
export function roleIn(actor: Actor, organisation: string): MemberRole | null {
  if (actor.kind !== 'person') return null
  return actor.memberships.find((m) => m.organisation === organisation)?.role ?? null
}

function either(...rules: Rule[]): Rule {
  return (actor, resource) => rules.some((rule) => rule(actor, resource))
}

function both(one: Rule, other: Rule): Rule {
  return (actor, resource) => one(actor, resource) && other(actor, resource)
}

function belongs(actor: Actor, organisation: string | null | undefined, least: MemberRole): boolean {
  if (!organisation) return false
  const role = roleIn(actor, organisation)
  return role !== null && MEMBER_ROLES.indexOf(role) <= MEMBER_ROLES.indexOf(least)
}

const concerns = (actor: Actor, { personId, organisation }: CaseResource): boolean =>
  actor.kind === 'person' && (actor.personId === personId || belongs(actor, organisation, 'viewer'))

const isListing = (r: AnyResource | undefined): r is Resource & { type: 'provider' | 'business' } =>
  r?.type === 'provider' || r?.type === 'business'

const isRecord = (r: AnyResource | undefined): r is Resource => isListing(r) || r?.type === 'need'

/** A listing or need of the actor's own, or of a firm or business he belongs to. */
const isOwn = (actor: Actor, r: Resource): boolean =>
  actor.kind === 'person' &&
  (actor.personId === r.ownerId || belongs(actor, r.type === 'need' ? r.organisation : r.id, 'viewer'))

const isPublic = (r: Resource) => r.published && !r.archived && r.visibility === 'public'

const isVisible = (actor: Actor, r: Resource) =>
  r.published && !r.archived && visibleTo(actor).visibility.includes(r.visibility)

function ownsNeed(actor: Actor, r: Resource, least: MemberRole): boolean {
  if (actor.kind === 'guest') return actor.needId === r.id
  if (actor.kind !== 'person') return false
  return actor.personId === r.ownerId || belongs(actor, r.organisation, least)
}

function onNeedSide(actor: Actor, r: AnyResource | undefined, least: MemberRole): boolean {
  if (r?.type !== 'introduction') return false
  if (actor.kind === 'guest') return actor.proved && actor.needId === r.needId
  if (actor.kind !== 'person') return false
  return actor.personId === r.ownerId || belongs(actor, r.business, least)
}

const onFirmSide = (actor: Actor, r: AnyResource | undefined, least: MemberRole): boolean =>
  r?.type === 'introduction' && belongs(actor, r.provider, least)

/** The part of every list query and search filter that keeps to what `actor` may see. */
export interface VisibilityScope {
  published: true
  archived: false
  visibility: readonly Resource['visibility'][]
}

/** Members of listed firms see what is meant for the park's firms too; the park's staff, all that is published. */
export function visibleTo(actor: Actor): VisibilityScope {
  return { published: true, archived: false, visibility: visibilitiesFor(actor) }
}

function visibilitiesFor(actor: Actor): readonly Resource['visibility'][] {
  if (actor.kind !== 'person') return ['public']
  if (actor.staff) return ['public', 'park', 'matched']
  return actor.memberships.some(({ type, waiting }) => type === 'provider' && !waiting)
    ? ['public', 'park']
    : ['public']
}
