import type { PageName } from '../../kernel/routes.js'
import { type AdminNav, adminNav } from '../../platform/http/admin-nav.js'
import type { RequestContext } from '../../platform/http/context.js'

/** The pages of the taxonomy, in the order of their menu. */
const PAGES = [
  ['admin.taxonomy', 'entries'],
  ['admin.taxonomy-lists', 'lists'],
  ['admin.taxonomy-searches', 'searches'],
  ['admin.taxonomy-phrases', 'phrases'],
  ['admin.taxonomy-versions', 'versions'],
] as const satisfies readonly (readonly [PageName, string])[]

/** What every page of the taxonomy begins with. */
export interface TaxonomyHead {
  nav: AdminNav
  /** View model of `admin/_taxonomy-nav.hbs`. */
  pages: { href: string; label: string; current: boolean }[]
  noindex: true
}

export function taxonomyHead(context: RequestContext, here: (typeof PAGES)[number][0] | null): TaxonomyHead {
  return {
    nav: adminNav(context, 'admin.taxonomy'),
    pages: PAGES.map(([name, word]) => ({
      href: context.url(name),
      label: context.t(`vocabulary.pages.${word}`),
      current: name === here,
    })),
    noindex: true,
  }
}
