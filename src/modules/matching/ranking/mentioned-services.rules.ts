import { compileLexicon, type Lexicon, type SearchDocument, words } from '../../../platform/search/index.js'
import { serviceConcept } from '../../taxonomy/index.js'
import { plainText } from '../understanding/plain-text.rules.js'
import { type NearService, nearestServices, type ServiceProfiles } from '../understanding/service-profiles.rules.js'
import type { OfferedService } from './firm-facts.rules.js'

const NOTHING = { from: null, to: null } as const
/** A firm that says "we do not do X" or "for X ask others" does not offer it. Right before the mention, in its sentence. */
const DISCLAIMED =
  /\b(?:khong (?:ban|lam|nhan|cung cap|phai)|chua (?:lam|nhan)|ai can|do not|don't|we never|no longer|not a|other than)\b[^.;!?\n]{0,40}$/
const REACH = 60
/** A text is read to here; what a firm does stands in its first lines. UTF-16 units. */
const MOST = 2_000
const PREFIX = serviceConcept('')

/** How far a service must stand out in a firm's text as a whole to be what the firm does, in standard deviations. */
const ITS_WORK = { standing: 3, score: 20 }

/**
 * The services that a firm's own text speaks of beside its list. Of a firm that keeps a list, only what it says of its work is read,
 * and never as its main work; a single word ("website", "attendance") is too little. A firm without a list does what its text as a whole is nearest to; what it merely names counts less.
 */
export function mentionedServices(document: SearchDocument, words: OfferWords, keepsList: boolean): OfferedService[] {
  const fields = keepsList
    ? ['tagline', 'features', 'evidence']
    : ['name', 'tagline', 'features', 'evidence', 'description']
  const text = textOf(document, fields)
  const work = new Set(
    keepsList
      ? []
      : nearestServices(text, words.profiles)
          .services.filter(isItsWork)
          .map(({ id }) => id),
  )
  const mentioned = [...named(text, words.lexicon, keepsList ? 2 : 1)].filter((id) => !work.has(id))
  const offered = (by: 'whole' | 'mention') => (id: string) => ({
    id,
    by,
    rank: 0,
    price: NOTHING,
    deliveryWeeks: NOTHING,
  })
  return [...[...work].map(offered('whole')), ...mentioned.map(offered('mention'))]
}

/** What a firm's text is read with. */
export interface OfferWords {
  lexicon: Lexicon
  profiles: ServiceProfiles
}

const isItsWork = ({ standing, score }: NearService) => standing >= ITS_WORK.standing && score >= ITS_WORK.score

const textOf = (document: SearchDocument, fields: readonly string[]): string =>
  fields
    .flatMap((field) => document[field] ?? [])
    .join('\n')
    .slice(0, MOST)

/** The services whose phrases of at least `leastWords` words stand in the text; the longest phrase at each place, those disclaimed left out. */
function named(text: string, lexicon: Lexicon, leastWords: number): Set<string> {
  const found = new Set<string>()
  const { trie } = compileLexicon(lexicon)
  const tokens = words(text)
  let plain: string | null = null
  for (let at = 0; at < tokens.length; ) {
    const match = trie.longestAt(tokens, at, ({ kind }) => kind !== 'shorthand')
    const start = tokens[at]?.start ?? 0
    for (const { concept } of match && match.length >= leastWords ? match.phrases : []) {
      if (!concept?.startsWith(PREFIX)) continue
      plain ??= plainText(text)
      if (!DISCLAIMED.test(plain.slice(Math.max(0, start - REACH), start))) found.add(concept.slice(PREFIX.length))
    }
    at += match?.length ?? 1
  }
  return found
}
