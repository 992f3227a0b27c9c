import { can } from '../../kernel/permissions.js'
import { type PageName, ROUTES } from '../../kernel/routes.js'
import type { RequestContext } from './context.js'

/**
 * The areas of the park's staff, in the order of the menu. A page that is added under `/admin` gets its line here and its
 * word in the catalogue `admin`; its own route says who may see it.
 */
const AREAS = [
  ['admin.queue', 'queue'],
  ['admin.overview', 'overview'],
  ['admin.listings', 'listings'],
  ['admin.duplicates', 'duplicates'],
  ['admin.imports', 'imports'],
  ['admin.taxonomy', 'taxonomy'],
  ['admin.matching', 'matching'],
  ['admin.reasons', 'reasons'],
  ['admin.requests', 'requests'],
  ['admin.people', 'people'],
  ['admin.park', 'park'],
  ['admin.audit', 'audit'],
  ['admin.outbox', 'outbox'],
  ['admin.search', 'search'],
] as const satisfies readonly (readonly [PageName, string])[]

/** View model of `partials/admin-nav.hbs`: the areas that the reader may enter. */
export interface AdminNav {
  /** The word for the area that the page belongs to. */
  here: string
  links: { href: string; label: string; current: boolean }[]
}

/** `here` is the area that the page belongs to. Pages give it to their template as `nav`. */
export function adminNav({ actor, url, t }: RequestContext, here: (typeof AREAS)[number][0]): AdminNav {
  const links = AREAS.filter(([name]) => can(actor, ROUTES[name].action)).map(([name, word]) => ({
    href: url(name),
    label: t(`admin.nav.${word}`),
    current: name === here,
  }))
  return { here: links.find(({ current }) => current)?.label ?? '', links }
}
