import { Forbidden, SignInRequired } from '../../kernel/errors.js'
import { type Action, can } from '../../kernel/permissions.js'
import type { RequestContext } from './context.js'

/**
 * Lets who may do the route's action through.
 * @throws {SignInRequired} for a visitor, {Forbidden} for somebody signed in.
 */
export function assertMay({ actor }: RequestContext, action: Action | null): void {
  if (action && can(actor, action)) return
  throw actor.kind === 'visitor' ? new SignInRequired(String(action)) : new Forbidden(String(action))
}
