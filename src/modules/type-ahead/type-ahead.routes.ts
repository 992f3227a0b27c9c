import { z } from 'zod'
import { contextOf } from '../../platform/http/context.js'
import { listPageParameters } from '../../platform/http/list-state.js'
import { readPageQuery } from '../../platform/http/query.js'
import { renderPart } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { SUGGESTING, type TypeAheadDeps, typeAhead } from './type-ahead.service.js'
import { listWith, suggestionsView } from './type-ahead.views.js'

const QUERY = { q: listPageParameters.q, list: z.enum(SUGGESTING).default('providers') }

/** Long enough for letters that are taken back and typed again; what was listed meanwhile may wait that long. */
const KEPT_SECONDS = 60

/** What a search box suggests while somebody types. Whoever comes by without the script is led to the list itself. */
export function typeAheadPages(deps: TypeAheadDeps): Record<'suggest', Handler> {
  const suggest = typeAhead(deps)
  return {
    suggest: async (req, res) => {
      const context = contextOf(res)
      const { q, list } = readPageQuery(QUERY, req)
      if (!context.isHtmx) return res.vary('HX-Request').redirect(303, listWith(list, q, context))
      // What is shown to somebody signed in stays in no cache.
      if (!context.viewer) res.set('Cache-Control', `private, max-age=${KEPT_SECONDS}`)
      const view = suggestionsView(list, q, await suggest(list, q, context), deps.taxonomy(), context)
      return renderPart(res, 'suggestions', view)
    },
  }
}
