import type { z } from 'zod'
import { type Lang, type LocalText, pickText } from '../../kernel/text.js'
import { matchedTexts } from '../../platform/records/highlights.js'
import type { Found } from '../../platform/records/listing.service.js'
import type { Lexicon } from '../../platform/search/index.js'
import { placeName } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import type { ShownBusiness } from './need-business.service.js'
import type { needAnswer, needSummary } from './needs.api.schemas.js'
import { published } from './needs.rules.js'
import type { NeedContent } from './needs.schemas.js'
import { type NeedRecord, stateOf, wantedServices } from './needs.search.js'

/** What names and words are read by. */
export interface Words {
  taxonomy: TaxonomyView
  lexicon: Lexicon
  lang: Lang
}

export function toSummary({ record, hit }: Found<NeedContent>, words: Words): z.infer<typeof needSummary> {
  return { ...identity(record, words), highlights: matchedTexts(hit) }
}

export function toAnswer(record: NeedRecord, business: ShownBusiness, words: Words): z.infer<typeof needAnswer> {
  const need = published(record)
  const say = (text: LocalText | undefined) => pickText(text, words.lang)?.text ?? null
  return {
    ...identity(record, words),
    problem: say(need.problem) ?? '',
    outcome: say(need.outcome),
    tools: need.tools,
    mustHaves: need.mustHaves,
    niceToHaves: need.niceToHaves,
    onSite: need.onSite ?? null,
    business: business && { slug: business.slug, name: say(business.name) ?? '' },
  }
}

function identity(record: NeedRecord, { taxonomy, lexicon, lang }: Words) {
  const need = published(record)
  return {
    id: record.id,
    // The source's own id could name the business that an anonymous need must not name.
    externalId: need.anonymous ? null : record.externalId,
    slug: record.slug,
    title: pickText(need.title, lang)?.text ?? '',
    state: stateOf(record),
    services: wantedServices(need, lexicon).map((id) => ({ id, name: taxonomy.name('service', id, lang) })),
    sector: need.sector ? { id: need.sector, name: taxonomy.name('sector', need.sector, lang) } : null,
    ward: need.ward ? { code: need.ward, name: placeName(need.ward) } : null,
    budget: need.budget ? { min: need.budget.min ?? null, max: need.budget.max ?? null } : null,
    deadline: need.deadline ?? null,
    publishedAt: record.publishedAt?.toISOString() ?? null,
  }
}
