/**
 * Who may do what. Pure and in one place: routes name an action, services ask `can`, and lists take their filter from
 * `visibleTo`, so that nothing is shown that is not the viewer's.
 */

/** Who asks. Accounts add members and staff here. */
export type Actor =
  | { kind: 'visitor' }
  /** Somebody who holds the mailed link of one need. */
  | { kind: 'guest'; needId: string; personId: string }
  /** The product's own commands and jobs: import, seed, migrations. */
  | { kind: 'system'; name: string }

export const VISITOR: Actor = { kind: 'visitor' }

export type Action =
  | 'page:read'
  | 'listing:browse'
  | 'listing:read'
  | 'listing:write'
  | 'need:browse'
  | 'need:read'
  | 'need:post'
  | 'need:follow'
  | 'need:withdraw'
  | 'match:run'
  | 'demand:read'
  | 'service:probe'

/** What of a record matters for permission. */
export interface Resource {
  type: 'provider' | 'business' | 'need'
  id: string
  published: boolean
  archived: boolean
  /** Needs: who may see it once published. Businesses: `public` only when it agreed to be listed. */
  visibility: 'public' | 'park' | 'matched' | 'hidden'
}

const OPEN_TO_ALL: ReadonlySet<Action> = new Set<Action>([
  'page:read',
  'listing:browse',
  'need:browse',
  'need:post',
  'need:follow',
  'match:run',
  'demand:read',
  'service:probe',
])

/** Whether `actor` may do `action`, on `resource` where the action is about one record. */
export function can(actor: Actor, action: Action, resource?: Resource): boolean {
  if (actor.kind === 'system') return true
  if (OPEN_TO_ALL.has(action)) return true
  if (!resource) return false
  if (action === 'listing:read' || action === 'need:read') return isPublic(resource) || ownsNeed(actor, resource)
  if (action === 'need:withdraw') return ownsNeed(actor, resource)
  return false
}

const isPublic = (r: Resource) => r.published && !r.archived && r.visibility === 'public'

const ownsNeed = (actor: Actor, r: Resource) => actor.kind === 'guest' && r.type === 'need' && actor.needId === r.id

/** The part of every list query and search filter that keeps to what `actor` may see. */
export interface VisibilityScope {
  published: true
  archived: false
  visibility: readonly Resource['visibility'][]
}

export function visibleTo(_actor: Actor): VisibilityScope {
  return { published: true, archived: false, visibility: ['public'] }
}
