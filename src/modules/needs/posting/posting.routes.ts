import type { Handler } from '../../../platform/http/router.js'
import { type DraftPageDeps, draftPages } from './drafts.routes.js'
import { type FollowPageDeps, followPages } from './follow.routes.js'

/** How a guest posts a need, and follows it afterwards by his link. */
export function postingPages(
  deps: DraftPageDeps & FollowPageDeps,
): Record<'needs.new' | 'needs.start' | 'needs.step' | 'needs.save' | 'needs.follow' | 'needs.withdraw', Handler> {
  return { ...draftPages(deps), ...followPages(deps) }
}
