import type { Actor } from '../../kernel/permissions.js'
import { type Lang, pickText } from '../../kernel/text.js'
import type { BusinessService } from '../businesses/index.js'
import type { ShownBusiness } from './needs.api.views.js'
import type { NeedRecord } from './needs.search.js'

/** The business behind a need: never for an anonymous one, and only when the business may be seen by itself. */
export async function businessOf(
  businesses: BusinessService,
  actor: Actor,
  need: NeedRecord,
  lang: Lang,
): Promise<ShownBusiness> {
  const content = need.published
  if (!content?.business || content.anonymous) return null
  const [business] = await businesses.byIds(actor, [content.business])
  if (!business) return null
  return { slug: business.slug, name: pickText(business.published?.name, lang)?.text ?? '' }
}
