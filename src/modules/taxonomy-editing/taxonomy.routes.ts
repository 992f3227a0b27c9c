import type { Handler } from '../../platform/http/router.js'
import { type DraftPageDeps, draftPages } from './drafts/draft.routes.js'
import { type BrowseDeps, browsePages } from './entries/browse.routes.js'
import { type EntryPageDeps, entryPages } from './entries/entry.routes.js'
import { listsPages } from './lists/lists.routes.js'
import { type SearchesPageDeps, searchesPages } from './searches/searches.routes.js'
import { type VersionPageDeps, versionPages } from './versions/versions.routes.js'

export type TaxonomyPageDeps = BrowseDeps & EntryPageDeps & DraftPageDeps & SearchesPageDeps & VersionPageDeps

/** The pages under `/admin/taxonomy`. */
export function taxonomyPages(deps: TaxonomyPageDeps) {
  return {
    ...browsePages(deps),
    ...entryPages(deps),
    ...draftPages(deps),
    ...listsPages(deps),
    ...searchesPages(deps),
    ...versionPages(deps),
  } satisfies Record<string, Handler>
}
