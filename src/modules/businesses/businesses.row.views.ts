import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { spansIn } from '../../platform/records/highlights.js'
import type { Found } from '../../platform/records/listing.service.js'
import { introOf, passageOf } from '../../platform/records/passages.js'
import type { ProviderRow } from '../../platform/views/models/lists.js'
import { placeName } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { published } from './businesses.api.views.js'
import type { BusinessProfile } from './businesses.schemas.js'

/** A business in a list: who it is, and why it is there when its first lines do not show it. */
export function businessRow(
  { record, hit }: Found<BusinessProfile>,
  taxonomy: TaxonomyView,
  context: RequestContext,
): ProviderRow {
  const { lang } = context
  const profile = published(record)
  const name = pickText(profile.name, lang) ?? { text: '', lang }
  const nameSpans = spansIn(hit, 'name', name.text)
  const intro = introOf(hit, profile, lang)
  const shows = nameSpans.length > 0 || (intro?.spans.length ?? 0) > 0
  return {
    href: context.url('businesses.show', { slug: record.slug }),
    name,
    nameSpans,
    tagline: intro?.text ?? null,
    taglineSpans: intro?.spans ?? [],
    excerpt: shows ? null : passageOf(hit, [['description', [profile.description]]], lang),
    tags: profile.sector ? [taxonomy.name('sector', profile.sector, lang)] : [],
    facts: [
      context.t(`businesses.kind.${profile.kind}`),
      ...(profile.ward ? [placeName(profile.ward)] : []),
      ...(profile.sizeBand ? [taxonomy.name('sizeBand', profile.sizeBand, lang)] : []),
    ],
    note: null,
  }
}
