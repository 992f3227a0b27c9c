import type { Actor } from '../../kernel/permissions.js'
import type { LocalText } from '../../kernel/text.js'
import type { BusinessService } from '../businesses/index.js'
import type { NeedRecord } from './needs.search.js'

/** The business behind a need, as far as it may be shown. */
export type ShownBusiness = { slug: string; name: LocalText } | null

/** The business behind a need: never for an anonymous one, and only when the business may be seen by itself. */
export async function businessOf(businesses: BusinessService, actor: Actor, need: NeedRecord): Promise<ShownBusiness> {
  const content = need.published
  if (!content?.business || content.anonymous) return null
  const [business] = await businesses.byIds(actor, [content.business])
  return business?.published ? { slug: business.slug, name: business.published.name } : null
}
