import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import type { WeightsVersion } from '../ranking/weights.js'
import { rankingView } from './ranking-page.views.js'

export interface RankingPageDeps {
  weights(): WeightsVersion
  /** Missing where no outside endpoint compares meanings. */
  meaning?: object | undefined
}

/** Tells everybody how firms are ranked. */
export const rankingPage = ({ weights, meaning }: RankingPageDeps): Record<'ranking', Handler> => ({
  ranking: (_req, res) => render(res, 'match/ranking', rankingView(weights(), contextOf(res), meaning !== undefined)),
})
