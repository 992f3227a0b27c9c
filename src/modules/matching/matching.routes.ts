import { InvalidInput } from '../../kernel/errors.js'
import type { ParkContext } from '../../kernel/park.js'
import { contextOf, type RequestContext } from '../../platform/http/context.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { parseBody } from '../../platform/http/validate.js'
import { wardByCode } from '../geography/index.js'
import type { SearchTerms } from '../search-terms/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { type MatchState, matchState } from './match-page.query.js'
import { firstView, matchView } from './match-page.views.js'
import { toMatchAnswer } from './matching.api.views.js'
import { matchRequest } from './matching.schemas.js'
import type { MatchAnswer, Matcher } from './matching.service.js'

export interface MatchDeps {
  matcher: Matcher
  taxonomy(): TaxonomyView
  /** Told of a question for which nobody was found, so that it counts as demand. */
  onNobody(
    park: ParkContext,
    understood: { services: readonly string[]; sectors: readonly string[] },
    text: string,
  ): Promise<void>
  searchTerms: Pick<SearchTerms, 'note'>
}

const AT_FIRST = 10
const ALL = 30

/** The matcher for people and for programs. */
export function matchHandlers(deps: MatchDeps): Record<'match' | 'api.match', Handler> {
  const { matcher, taxonomy, onNobody, searchTerms } = deps
  const countIfNobody = async ({ park, visit }: RequestContext, text: string, { verdict, understood }: MatchAnswer) => {
    if (verdict !== 'nobody') return
    // Words that mean nothing here yet may be another name of something.
    if (understood.services.length === 0) searchTerms.note(park, text, visit, { found: false })
    const ids = (terms: readonly { id: string }[]) => terms.map(({ id }) => id)
    await onNobody(park, { services: ids(understood.services), sectors: ids(understood.sectors) }, text)
  }

  const answer = async (state: MatchState, context: RequestContext) => {
    const found = await matcher.match(context.actor, context.park, {
      text: state.text,
      dropped: state.dropped,
      added: state.added,
      given: { ward: state.ward && wardByCode(state.ward) ? state.ward : undefined },
      limit: state.all ? ALL : AT_FIRST,
      doersFirst: true,
    })
    // What a reader has corrected is not the question he came with.
    if (state.dropped.length === 0 && state.added.length === 0) await countIfNobody(context, state.text, found)
    return found
  }

  return {
    match: async (req, res) => {
      const context = contextOf(res)
      const state = matchState(req)
      if (state.text === '' || state.tooLong) {
        render(res, 'match/ask', firstView(state, context), { status: state.tooLong ? 422 : 200 })
        return
      }
      const view = matchView(state, await answer(state, context), taxonomy(), context)
      render(res, 'match/show', view, { fragment: 'match/_answer' })
    },
    'api.match': async (req, res) => {
      const context = contextOf(res)
      const { text, limit, ...given } = parseBody(matchRequest, req)
      checkTerms(given, taxonomy())
      const found = await matcher.match(context.actor, context.park, { text, given, limit })
      await countIfNobody(context, text, found)
      res.json(toMatchAnswer(found, taxonomy(), context))
    },
  }
}

function checkTerms(
  { sector, ward }: { sector?: string | undefined; ward?: string | undefined },
  taxonomy: TaxonomyView,
) {
  const errors = [
    ...(sector !== undefined && !taxonomy.sector(sector) ? [{ field: 'sector', code: 'unknownTerm' }] : []),
    ...(ward !== undefined && !wardByCode(ward) ? [{ field: 'ward', code: 'ward' }] : []),
  ]
  if (errors.length > 0) throw new InvalidInput(errors)
}
