import { allTexts } from '../../../kernel/text.js'
import type { MatchQuery } from '../../../platform/search/index.js'
import type { ProviderProfile } from '../../providers/index.js'
import { sectorConcept, serviceConcept, type TaxonomyView } from '../../taxonomy/index.js'
import type { FirmFacts, OfferedService } from '../ranking/firm-facts.rules.js'

/** What a service counts for in looking needs up, by where it stands in the firm's record; a trade says far less than the work. */
const CONCEPT_WEIGHT: Readonly<Record<OfferedService['by'], number>> = { list: 1, whole: 0.9, mention: 0.5 }
const SECTOR_WEIGHT = 0.25
/** Of a firm that names everything the first services say what it is. */
const MOST_SERVICES = 12
/** A firm's own words are read to here; what it does stands in its first lines. UTF-16 units. */
const MOST_OWN = 4_000

/**
 * What needs are looked up by for a firm: its own words, and the words in which owners tell the trouble that its services end, since
 * the two sides share few.
 */
export function firmWords(
  profile: ProviderProfile,
  facts: FirmFacts,
  taxonomy: TaxonomyView,
): Pick<MatchQuery, 'concepts'> & { text: string } {
  const services = facts.services.slice(0, MOST_SERVICES)
  const { tagline, features, benefits, description, cases } = profile
  const own = [
    ...[tagline, ...features, ...benefits].flatMap(allTexts),
    ...profile.services.flatMap(({ evidence }) => allTexts(evidence)),
    ...allTexts(description),
    ...cases.flatMap(({ problem }) => allTexts(problem)),
  ]
  const cues = services.flatMap(({ id }) => taxonomy.service(id)?.cues ?? [])
  return {
    text: [own.join('\n').slice(0, MOST_OWN), ...cues].join('\n'),
    concepts: [
      ...services.map(({ id, by }) => ({ id: serviceConcept(id), weight: CONCEPT_WEIGHT[by] })),
      ...facts.sectors.map((id) => ({ id: sectorConcept(id), weight: SECTOR_WEIGHT })),
    ],
  }
}
