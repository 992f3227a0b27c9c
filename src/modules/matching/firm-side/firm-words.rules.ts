import { allTexts } from '../../../kernel/text.js'
import type { MatchQuery } from '../../../platform/search/index.js'
import type { ProviderProfile } from '../../providers/index.js'
import { sectorConcept, type TaxonomyView } from '../../taxonomy/index.js'
import type { FirmFacts } from '../ranking/firm-facts.rules.js'
import type { Weights } from '../ranking/weights.js'
import { leanConcept, wantConcept } from './need-document.rules.js'

/** What it counts for in looking needs up that a need rather leans to a service, and that it is of a trade that the firm serves. */
const LEANING = 0.4
const SECTOR = 0.25
/** Of a firm that names everything the first services say what it is. */
const MOST_SERVICES = 12
/** A firm's own words are read to here; what it does stands in its first lines. UTF-16 units. */
const MOST_OWN = 4_000

/**
 * What needs are looked up by for a firm: what it does, its own words, and the words in which owners tell the trouble that its services
 * end, since the two sides share few.
 */
export function firmWords(
  profile: ProviderProfile,
  facts: FirmFacts,
  taxonomy: TaxonomyView,
  { service: { textIsAbout, mentioned } }: Weights,
): Pick<MatchQuery, 'concepts'> & { text: string } {
  const worth = { list: 1, whole: textIsAbout, mention: mentioned }
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
      ...services.flatMap(({ id, by }) => [
        { id: wantConcept(id), weight: worth[by] },
        { id: leanConcept(id), weight: worth[by] * LEANING },
      ]),
      ...facts.sectors.map((id) => ({ id: sectorConcept(id), weight: SECTOR })),
    ],
  }
}
