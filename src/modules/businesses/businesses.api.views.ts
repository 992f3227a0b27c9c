import type { z } from 'zod'
import { type Lang, pickText } from '../../kernel/text.js'
import { matchedTexts } from '../../platform/records/highlights.js'
import type { Found } from '../../platform/records/listing.service.js'
import { placeName } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import type { businessAnswer, businessSummary } from './businesses.api.schemas.js'
import type { BusinessProfile } from './businesses.schemas.js'
import type { BusinessRecord } from './businesses.search.js'

export function toSummary(
  { record, hit }: Found<BusinessProfile>,
  taxonomy: TaxonomyView,
  lang: Lang,
): z.infer<typeof businessSummary> {
  return { ...identity(record, taxonomy, lang), highlights: matchedTexts(hit) }
}

export function toAnswer(record: BusinessRecord, taxonomy: TaxonomyView, lang: Lang): z.infer<typeof businessAnswer> {
  const profile = published(record)
  return {
    ...identity(record, taxonomy, lang),
    description: pickText(profile.description, lang)?.text ?? '',
    tools: profile.tools,
    updatedAt: record.updatedAt.toISOString(),
  }
}

/** What everybody may see of a record that a listing returned. */
export function published(record: BusinessRecord): BusinessProfile {
  if (!record.published) throw new TypeError(`business ${record.id} is not published`)
  return record.published
}

function identity(record: BusinessRecord, taxonomy: TaxonomyView, lang: Lang) {
  const b = published(record)
  return {
    id: record.id,
    externalId: record.externalId,
    slug: record.slug,
    name: pickText(b.name, lang)?.text ?? '',
    kind: b.kind,
    sector: b.sector ? { id: b.sector, name: taxonomy.name('sector', b.sector, lang) } : null,
    ward: b.ward ? { code: b.ward, name: placeName(b.ward) } : null,
    sizeBand: b.sizeBand ?? null,
  }
}
