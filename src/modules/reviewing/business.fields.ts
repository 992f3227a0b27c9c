import type { ShownText } from '../../kernel/text.js'
import type { FieldWords } from '../../platform/records/compare-fields.js'
import type { BusinessProfile } from '../businesses/index.js'
import { placeName } from '../geography/index.js'
import { inBoth, plain, type ReviewWords } from './words.js'

/** All that a business's profile says, each field in words. */
export function businessFields(b: BusinessProfile, { context, taxonomy }: ReviewWords): FieldWords[] {
  const { t, lang } = context
  const values: Record<keyof BusinessProfile, ShownText[]> = {
    name: inBoth(b.name),
    kind: plain(context, t(`businesses.kind.${b.kind}`)),
    sector: plain(context, b.sector && taxonomy.name('sector', b.sector, lang)),
    taxCode: plain(context, b.taxCode),
    ward: plain(context, b.ward && placeName(b.ward)),
    sizeBand: plain(context, b.sizeBand && taxonomy.name('sizeBand', b.sizeBand, lang)),
    tagline: inBoth(b.tagline),
    description: inBoth(b.description),
    tools: plain(context, ...b.tools),
    founded: plain(context, b.founded),
    listed: plain(context, t(b.listed ? 'curation.listed.yes' : 'curation.listed.no')),
  }
  return Object.entries(values).map(([field, said]) => ({ field, label: t(`curation.fields.${field}`), values: said }))
}
