import type { PageName } from '../../kernel/routes.js'
import type { ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { Spans } from '../../platform/views/models/lists.js'
import { type TaxonomyView, TERM_KINDS } from '../taxonomy/index.js'
import type { Suggested, Suggesting } from './type-ahead.service.js'

/** One thing to choose. */
interface Option {
  id: string
  href: string
  text: ShownText | string
  spans: Spans
  /** Another name of it, that what was typed begins. */
  by: string | null
}

/** View model of `partials/suggestions.hbs`. */
export interface SuggestionsView {
  /** How many there are, for whoever does not see them. */
  status: string
  groups: { id: string; label: string; options: Option[] }[]
  /** The words as they are; null without any. */
  search: { href: string; label: string } | null
}

const LISTS = {
  providers: { route: 'providers.list', show: 'providers.show' },
  businesses: { route: 'businesses.list', show: 'businesses.show' },
  needs: { route: 'needs.list', show: 'needs.show' },
} as const satisfies Record<Suggesting, { route: PageName; show: PageName }>

/** The address of the list with the words, for whoever has no use for suggestions. */
export const listWith = (list: Suggesting, q: string, { url }: RequestContext): string =>
  url(LISTS[list].route, {}, { q })

export function suggestionsView(
  list: Suggesting,
  typed: string,
  { terms, records }: Suggested,
  taxonomy: TaxonomyView,
  context: RequestContext,
): SuggestionsView {
  const { t, lang, url } = context
  const { route, show } = LISTS[list]
  const ofKind = TERM_KINDS.map((kind) => ({
    id: kind,
    label: t(`listing.suggestions.${kind}`),
    options: terms
      .filter((term) => term.kind === kind)
      .map(({ id, by }) => {
        const name = taxonomy.name(kind, id, lang)
        return { id: `suggested-${kind}-${id}`, href: url(route, {}, { [kind]: id }), text: name, spans: [], by }
      }),
  }))
  const named = {
    id: 'record',
    label: t(`listing.suggestions.${list}`),
    options: records.map(({ slug, name, spans }, at) => ({
      ...{ id: `suggested-record-${at}`, href: url(show, { slug }), text: name, spans, by: null },
    })),
  }
  const groups = [...ofKind, named].filter(({ options }) => options.length > 0)
  const count = groups.reduce((sum, { options }) => sum + options.length, typed ? 1 : 0)
  return {
    status: t('listing.suggestions.status', { count }),
    groups,
    search: typed
      ? { href: listWith(list, typed, context), label: t('listing.suggestions.search', { words: typed }) }
      : null,
  }
}
