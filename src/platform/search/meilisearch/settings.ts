import type { FilterableAttributes, Settings } from 'meilisearch'
import type { IndexSchema } from '../port.js'

/** More hits than any index has: totals are then counts and not a ceiling. */
const MAX_HITS = 1_000_000
const MAX_FACET_VALUES = 1000

const equality = (attributePatterns: string[], facetSearch = false) => ({
  attributePatterns,
  features: { facetSearch, filter: { equality: true, comparison: false } },
})
const comparison = (attributePatterns: string[]) => ({
  attributePatterns,
  features: { facetSearch: false, filter: { equality: true, comparison: true } },
})

/** An index's settings as code. Recall goes by the aliases as filters, so the server's own reading of words only ranks. */
export function settingsFor(schema: IndexSchema): Settings {
  const byWeight = Object.entries(schema.text).sort((a, b) => b[1].weight - a[1].weight)
  const filterable: FilterableAttributes = [
    equality(['key', 'alias.words', 'alias.pairs', 'alias.values']),
    equality(['alias.spellings', 'alias.accents'], true),
  ]
  if (schema.filterable.length > 0) {
    filterable.push(equality(schema.filterable.map((field) => `label.${field}`)))
    filterable.push(comparison(schema.filterable.flatMap((field) => [`number.${field}`, `text.${field}`])))
  }
  return {
    searchableAttributes: byWeight.map(([field]) => `body.${field}`),
    filterableAttributes: filterable,
    sortableAttributes: ['order.id', ...schema.sortable.map((field) => `order.field-${field}`)].sort(),
    rankingRules: ['sort', 'words', 'typo', 'proximity', 'attributeRank', 'wordPosition', 'exactness'],
    // Slips are looked up among the spellings alone; a word of a query is taken as it was read.
    typoTolerance: {
      enabled: true,
      disableOnAttributes: byWeight.map(([field]) => `body.${field}`).sort(),
      disableOnNumbers: true,
      minWordSizeForTypos: { oneTypo: 3, twoTypos: 8 },
    },
    prefixSearch: 'disabled',
    faceting: { maxValuesPerFacet: MAX_FACET_VALUES, sortFacetValuesBy: { '*': 'count' } },
    pagination: { maxTotalHits: MAX_HITS },
  }
}

/** The settings that differ from those wanted; empty when none does. */
export function settingsDiff(present: Settings, wanted: Settings): Settings {
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !covers(present[name as keyof Settings], value)),
  )
}

/** Whether a change of these settings means that the stored aliases are of another schema. */
export const changesAliases = (diff: Settings): boolean =>
  ['searchableAttributes', 'filterableAttributes', 'sortableAttributes'].some((name) => name in diff)

/** Whether a setting is as wanted; what is not named is the server's to choose. */
function covers(present: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(present) && present.length === wanted.length && wanted.every((item, i) => covers(present[i], item))
    )
  }
  if (typeof wanted !== 'object' || wanted === null) return present === wanted
  if (typeof present !== 'object' || present === null) return false
  const fields = present as Record<string, unknown>
  return Object.entries(wanted).every(([name, value]) => covers(fields[name], value))
}
