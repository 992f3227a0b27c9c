import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import type { WeightsVersion } from '../ranking/weights.js'
import { rankingView } from './ranking-page.views.js'

/** Tells everybody how firms are ranked. */
export const rankingPage = ({ weights }: { weights(): WeightsVersion }): Record<'ranking', Handler> => ({
  ranking: (_req, res) => render(res, 'match/ranking', rankingView(weights(), contextOf(res))),
})
