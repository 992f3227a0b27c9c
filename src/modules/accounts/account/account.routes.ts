import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { accountView } from './account.views.js'

/** One's own place. */
export function accountPages(): Record<'accounts.show', Handler> {
  return {
    'accounts.show': (_req, res) => render(res, 'accounts/show', accountView(contextOf(res))),
  }
}
