import type { PageName } from '../../kernel/routes.js'
import type { RequestContext } from '../../platform/http/context.js'
import { type ListState, listAddress } from '../../platform/http/list-state.js'
import type { ChipsView } from '../../platform/views/models/lists.js'
import { placeName } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { type Named, withoutSpans } from './named.rules.js'

/** What was understood of a list's words, one chip a finding; each leads to the list without it, or to the words as they are. */
export function understoodChips(
  named: readonly Named[],
  state: ListState,
  route: PageName,
  taxonomy: TaxonomyView,
  context: RequestContext,
): ChipsView | null {
  if (named.length === 0) return null
  const without = ({ spans }: Named): ListState => {
    const rest = spans.length > 0 ? withoutSpans(state.q, spans) : ''
    return rest ? { ...state, q: rest, page: 1 } : { ...state, literal: true, page: 1 }
  }
  const chips = named.map((one) => ({
    label: one.kind === 'ward' ? placeName(one.id) : taxonomy.name(one.kind, one.id, context.lang),
    on: true,
    href: listAddress(context, route, without(one)),
  }))
  return { label: context.t('listing.reading.understood'), chips }
}
