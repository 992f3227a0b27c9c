import { allTexts, type LocalText } from '../../kernel/text.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import { fold } from '../../platform/search/index.js'
import type { BusinessProfile } from '../businesses/index.js'
import type { ProviderProfile } from '../providers/index.js'
import { businessChecks, type CompletenessCheck, missingFrom, percentOf, providerChecks } from './completeness.rules.js'
import {
  BANDS,
  type Band,
  type Dimensions,
  type ListingType,
  type Standing,
  type SummaryRow,
} from './summaries.types.js'

type Profile = ProviderProfile | BusinessProfile

const MOST_WORDS = 40

/** The summary of a listing as it stands. What is public counts; before that, what is being prepared. */
export function summaryOf(type: ListingType, record: StoredRecord<unknown>, owned: boolean): SummaryRow {
  const content = (record.published ?? record.working) as Profile | null
  const checks = content ? checksOf(type, content) : []
  const name = nameOf(content)
  const completeness = content ? percentOf(checks) : 0
  return {
    _id: record.id,
    parkId: record.parkId,
    type,
    standing: standingOf(record),
    band: bandOf(completeness),
    source: record.source,
    featured: record.featuredAt !== null,
    owned,
    version: record.version,
    slug: record.slug,
    name,
    sortName: fold(name.vi ?? name.en ?? ''),
    words: wordsOf(content),
    taxCode: content?.taxCode ?? null,
    changing: record.working !== null && record.published !== null,
    completeness,
    missing: missingFrom(checks).map(({ key }) => key),
    expiresOn: record.expiresOn,
    mergedInto: record.mergedInto,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  }
}

/** Where a listing stands; what counts more comes first. */
export function standingOf(
  record: Pick<StoredRecord<unknown>, 'published' | 'archivedAt' | 'mergedInto' | 'withheld'>,
): Standing {
  if (record.mergedInto) return 'merged'
  if (record.archivedAt) return 'archived'
  if (record.withheld) return record.withheld.kind
  if (record.published === null) return 'pending'
  return (record.published as { listed?: boolean }).listed === false ? 'unlisted' : 'public'
}

const bandOf = (completeness: number): Band => BANDS.findLast((least) => completeness >= least) ?? 0

export const dimensionsOf = ({ type, standing, band, source, featured, owned }: Dimensions): Dimensions => ({
  ...{ type, standing, band, source, featured, owned },
})

/** Words as they stand in `words`: accent-free, of letters and digits alone. */
export const lookupWords = (text: string): string[] => [...new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? [])]

/** Words of legal forms and trades that stand in most names: to find by, others come first. */
const COMMON = new Set(
  'cong ty tnhh mtv cp co phan tm dv thuong mai dich vu hop tac xa htx doanh nghiep tu nhan ho kinh co so company ltd'.split(
    ' ',
  ),
)

/** The same words with those first that few listings are likely to have: an index is walked along the first. */
export const telling = (words: readonly string[]): string[] =>
  [...words].sort((a, b) => Number(COMMON.has(a)) - Number(COMMON.has(b)) || b.length - a.length)

const checksOf = (type: ListingType, content: Profile): CompletenessCheck[] =>
  type === 'provider' ? providerChecks(content as ProviderProfile) : businessChecks(content as BusinessProfile)

function nameOf(content: Profile | null): LocalText {
  if (content && 'tradeName' in content && content.tradeName) return { vi: content.tradeName, en: content.tradeName }
  const { vi, en } = content?.name ?? {}
  return { ...(vi && { vi }), ...(en && { en }) }
}

function wordsOf(content: Profile | null): string[] {
  if (!content) return []
  const firm = 'contacts' in content ? content : null
  const website = firm?.contacts.website?.value
  const said = [...allTexts(content.name), firm?.tradeName, content.taxCode, website && hostOf(website)]
  return lookupWords(said.filter(Boolean).join(' ')).slice(0, MOST_WORDS)
}

const hostOf = (address: string) => (URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : '')
