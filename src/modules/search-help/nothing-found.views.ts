import type { PageName } from '../../kernel/routes.js'
import type { RequestContext } from '../../platform/http/context.js'
import { type ListState, listAddress, unfiltered, without } from '../../platform/http/list-state.js'
import type { FacetSpec } from '../../platform/http/list-view.js'
import type { Link, NothingFound } from '../../platform/views/models/lists.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import type { Relief } from './relief.js'

interface EmptyList {
  route: PageName
  /** What the list can be narrowed by, for the names of what is chosen. */
  facets: readonly Pick<FacetSpec, 'name' | 'legend' | 'label'>[]
  /** Another spelling that is likely meant. */
  suggestion: string | null
  taxonomy: TaxonomyView
  /** "12 doanh nghiệp" */
  counted(count: number): string
  /** The list's own words, and where it leads on to. */
  title: string
  text: string
  actions: readonly (Link & { primary: boolean })[]
}

/** View model of `partials/nothing-found.hbs`: what was asked, and every way on that leaves something. */
export function nothingFound(state: ListState, relief: Relief, list: EmptyList, context: RequestContext): NothingFound {
  const { t, lang, url } = context
  const { route, facets, taxonomy, counted } = list
  const hrefOf = (changed: ListState) => listAddress(context, route, { ...changed, page: 1 })
  const named = (facet: string, value: string) => facets.find(({ name }) => name === facet)?.label(value) ?? value
  const chosen = facets.flatMap(({ name, legend, label }) => {
    const values = (state.selected[name] ?? []).map((value) => label(value) ?? value)
    return values.length > 0 ? [t('listing.nothing.facet', { legend, values: values.join(', ') })] : []
  })
  const offer = (count: number, href: string, label: string): Link[] => (count > 0 ? [{ href, label }] : [])
  const words = state.q
  const offers = [
    ...(list.suggestion
      ? [
          {
            href: hrefOf({ ...state, q: list.suggestion }),
            label: t('listing.nothing.mean', { words: list.suggestion }),
          },
        ]
      : []),
    ...offer(
      relief.looser,
      hrefOf({ ...state, literal: false }),
      t('listing.nothing.looser', { found: counted(relief.looser) }),
    ),
    ...relief.without.map(({ facet, value, count }) => ({
      href: hrefOf(without(state, facet, value)),
      label: t('listing.nothing.without', { name: named(facet, value), found: counted(count) }),
    })),
    ...offer(
      relief.unfiltered,
      hrefOf(unfiltered(state)),
      t('listing.nothing.unfiltered', { found: counted(relief.unfiltered) }),
    ),
    ...offer(
      relief.wordless,
      hrefOf({ ...state, q: '', literal: false }),
      t('listing.nothing.wordless', { words, found: counted(relief.wordless) }),
    ),
  ]
  const near = relief.near.map(({ kind, id, count }) => ({
    label: t('listing.nothing.nearOne', { name: taxonomy.name(kind, id, lang), count }),
    on: false,
    href: url(route, {}, { [kind]: id }),
  }))
  return {
    title: list.title,
    text: offers.length + near.length > 0 ? null : list.text,
    filters: chosen.length > 0 ? t('listing.nothing.filters', { filters: chosen.join('; ') }) : null,
    offers,
    near: near.length > 0 ? { label: t('listing.nothing.near'), chips: near } : null,
    actions: list.actions,
  }
}
