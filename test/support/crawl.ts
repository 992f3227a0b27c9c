import { ROUTES, type RouteName, type RouteSpec } from '../../src/kernel/routes.js'
import type { Guest } from './guest.js'
import { linksIn } from './html.js'
import { EXPECTED } from './rights-table.js'
import type { Roles } from './roles.js'

export interface CrawledPage {
  route: RouteName
  path: string
  text: string
}

const PAGES = (Object.entries(ROUTES) as [RouteName, RouteSpec][])
  .filter(([, { kind, method }]) => kind === 'page' && method === 'GET')
  .map(([name, { path }]) => ({ name, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`), path }))

const OF_A_KIND = 3

/** The pages that somebody is shown: those of the catalogue, and from them on by their links; beside those, `ofAKind` of each kind. */
export async function crawl(guest: Guest, roles: Roles, ofAKind = OF_A_KIND): Promise<CrawledPage[]> {
  const queue = PAGES.map(({ name }) => EXPECTED[name].path(roles))
  const visited = new Map<RouteName, Set<string>>()
  const pages: CrawledPage[] = []
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const route = routeOf(path)
    const there = visited.get(route ?? 'home') ?? new Set()
    if (!route || there.has(path) || there.size > ofAKind) continue
    visited.set(route, there.add(path))
    const { status, text, location, headers } = await guest.get(path)
    if (status === 303 && location.startsWith('/')) queue.push(location)
    if (status !== 200 || !headers['content-type']?.startsWith('text/html')) continue
    pages.push({ route, path, text })
    queue.push(...linksIn(text).flatMap(({ href }) => (/^\/(?!\/|en\b)/.test(href) ? [href.split('#')[0] ?? ''] : [])))
  }
  return pages
}

/** The route of the catalogue that a path belongs to; the first that fits, as in the router. */
function routeOf(path: string): RouteName | null {
  const [bare = ''] = path.split('?')
  return (
    PAGES.find(({ path: exact }) => exact === bare)?.name ??
    PAGES.find(({ pattern }) => pattern.test(bare))?.name ??
    null
  )
}
