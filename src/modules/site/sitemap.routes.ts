import { VISITOR } from '../../kernel/permissions.js'
import { localPath, pathTo, ROUTES, type RouteName, type RouteSpec } from '../../kernel/routes.js'
import { LANGUAGES } from '../../kernel/text.js'
import { contextOf } from '../../platform/http/context.js'
import type { Handler } from '../../platform/http/router.js'
import type { ListQuery } from '../../platform/records/listing.service.js'
import type { BusinessService } from '../businesses/index.js'
import type { NeedService } from '../needs/index.js'
import type { ProviderService } from '../providers/index.js'

export interface SitemapDeps {
  publicUrl: string
  providers: ProviderService
  businesses: BusinessService
  needs: NeedService
}

// The protocol allows 50,000 addresses in one file; each record has one in each language.
const MOST_PER_TYPE = 8_000
const PAGE = 500

/** What search engines are told: every page that everybody may see, in both languages. */
export function sitemapHandlers(deps: SitemapDeps): Record<'sitemap' | 'robots', Handler> {
  const { publicUrl } = deps
  return {
    sitemap: async (_req, res) => {
      const park = await parkIdOf(res)
      const paths = [
        ...(Object.entries(ROUTES) as [RouteName, RouteSpec][]).flatMap(([, spec]) =>
          spec.sitemap ? [spec.path] : [],
        ),
        ...(await slugs(deps.providers, park)).map((slug) => pathTo('providers.show', 'vi', { slug })),
        ...(await slugs(deps.businesses, park)).map((slug) => pathTo('businesses.show', 'vi', { slug })),
        ...(await slugs(deps.needs, park)).map((slug) => pathTo('needs.show', 'vi', { slug })),
      ]
      const urls = paths.flatMap((path) =>
        LANGUAGES.map((lang) => `<url><loc>${publicUrl}${localPath(path, lang)}</loc></url>`),
      )
      res
        .type('application/xml')
        .send(
          `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`,
        )
    },
    robots: (_req, res) => {
      const hidden = LANGUAGES.flatMap((lang) => [localPath('/my-need/', lang), localPath('/needs/new', lang)])
      const lines = ['User-agent: *', ...hidden.map((path) => `Disallow: ${path}`), `Sitemap: ${publicUrl}/sitemap.xml`]
      res.type('text/plain').send(`${lines.join('\n')}\n`)
    },
  }
}

async function parkIdOf(res: Parameters<Handler>[1]): Promise<string> {
  const context = contextOf(res)
  await context.loadPark()
  return context.park.id
}

/** Addresses of a listing's records, read page by page. */
async function slugs(
  listing: {
    list: (
      actor: typeof VISITOR,
      parkId: string,
      query: ListQuery,
    ) => Promise<{ total: number; found: { record: { slug: string } }[] }>
  },
  parkId: string,
): Promise<string[]> {
  const all: string[] = []
  // By the total, since a page may lack a record that has gone while the index lags.
  let total = MOST_PER_TYPE
  for (let offset = 0; offset < Math.min(total, MOST_PER_TYPE); offset += PAGE) {
    const list = await listing.list(VISITOR, parkId, { offset, limit: PAGE })
    total = list.total
    all.push(...list.found.map(({ record }) => record.slug))
  }
  return all
}
