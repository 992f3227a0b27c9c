import type { Lang } from '../../../kernel/text.js'
import { compileLexicon, type Lexicon, type SearchDocument, words } from '../../../platform/search/index.js'
import { serviceConcept } from '../../taxonomy/index.js'
import { type FieldVector, fieldVector, withListed, writeVector } from '../understanding/field-vector.rules.js'
import { languageOf } from '../understanding/language.rules.js'
import { plainText } from '../understanding/plain-text.rules.js'
import { type NearService, nearestServices, type ServiceProfiles } from '../understanding/service-profiles.rules.js'
import { specialityModel } from '../understanding/specialities.js'
import { specialitiesIn } from '../understanding/specialities.rules.js'
import { withoutDenials } from './denials.rules.js'
import { refusedInText, writeRefusal } from './refused-work.rules.js'

/** Raised when a firm's text is read otherwise: the documents of firms are then made anew. */
export const OFFER_FORM = 3

/** A text is read to here; what a firm does stands in its first lines. UTF-16 units. */
const MOST = 2_000
const PREFIX = serviceConcept('')

/** How far a service must stand out in a firm's text as a whole to be what the firm does, in standard deviations. */
const ITS_WORK = { standing: 3.5, score: 20 }

/** Ids of the services that a firm's own text speaks of beside its list. */
export interface OfferedInText {
  /** What the text as a whole is about; only of a firm without a list. */
  about: readonly string[]
  /** What it merely names. */
  mentioned: readonly string[]
  /** Where it stands in the field by its text and its list. */
  field: FieldVector
  /** Which kinds of work its text speaks of within the services that it does. */
  specialities: FieldVector
}

/**
 * The services that a firm's own text speaks of beside its list. Of a firm that keeps a list, only what it says of its work is read,
 * and never as its main work; a single word ("website", "attendance") is too little. A firm without a list does what its text as a whole is nearest to; what it merely names counts less.
 */
export function offeredInText(document: SearchDocument, words: OfferWords): OfferedInText {
  const listed = new Set(Array.isArray(document.service) ? document.service : [])
  const keepsList = listed.size > 0
  const text = textOf(document, keepsList ? FIELDS_OF_WORK : FIELDS)
  const whole = nearestServices(textOf(document, FIELDS), words.profiles)
  const about = keepsList ? [] : whole.services.filter(isItsWork).map(({ id }) => id)
  const named = namedServices(text, words.lexicon, keepsList ? 2 : 1)
  const mentioned = [...named].filter((id) => !listed.has(id) && !about.includes(id))
  const does = [...[...listed].map(String), ...about, ...mentioned]
  return {
    about,
    mentioned,
    field: withListed(fieldVector(whole.field), [...listed].map(String)),
    specialities: specialitiesIn(textOf(document, FIELDS_OF_SPECIALITIES), does, specialityModel()),
  }
}

/** A firm's search document with the services that its text speaks of, so that it is found by them and need not be read when it is judged. */
export function withOffers(document: SearchDocument, words: OfferWords): SearchDocument {
  const { about, mentioned, field, specialities } = offeredInText(document, words)
  const written = languagesOf(document)
  const concepts = [...about.map(aboutConcept), ...mentioned.map(mentionConcept)]
  const known = Array.isArray(document.concepts) ? document.concepts.map(String) : []
  return {
    ...document,
    about,
    mentions: mentioned,
    field: writeVector(field),
    specialities: writeVector(specialities),
    written,
    denies: refusedInText(document, words.profiles).map(writeRefusal),
    concepts: [...known, ...concepts],
  }
}

/** The languages that a firm writes of itself in. */
function languagesOf(document: SearchDocument): Lang[] {
  const texts = WRITTEN.flatMap((field) => document[field] ?? []).map(String)
  return [...new Set(texts.filter((text) => text.length >= SENTENCE).map((text) => languageOf(text, plainText(text))))]
}

const WRITTEN = ['tagline', 'description'] as const
/** Shorter texts tell no language. UTF-16 units. */
const SENTENCE = 40

const FIELDS_OF_WORK = ['tagline', 'features', 'evidence'] as const
const FIELDS = ['name', ...FIELDS_OF_WORK, 'description'] as const
const FIELDS_OF_SPECIALITIES = [...FIELDS, 'cases'] as const

/** What a service's concept is called in documents of firms whose text is about it, or names it. */
export const aboutConcept = (service: string): string => `about:${service}`
export const mentionConcept = (service: string): string => `mentions:${service}`

/** What a firm's text is read with. */
export interface OfferWords {
  lexicon: Lexicon
  profiles: ServiceProfiles
}

const isItsWork = ({ standing, score }: NearService) => standing >= ITS_WORK.standing && score >= ITS_WORK.score

/** What a firm says that it does not do is no word of its work. */
const textOf = (document: SearchDocument, fields: readonly string[]): string =>
  withoutDenials(
    fields
      .flatMap((field) => document[field] ?? [])
      .join('\n')
      .slice(0, MOST),
  )

/** The services whose phrases of at least `leastWords` words stand in the text; the longest phrase at each place. */
function namedServices(text: string, lexicon: Lexicon, leastWords: number): Set<string> {
  const found = new Set<string>()
  const { trie } = compileLexicon(lexicon)
  const tokens = words(text)
  for (let at = 0; at < tokens.length; ) {
    const match = trie.longestAt(tokens, at, ({ kind }) => kind !== 'shorthand')
    for (const { concept } of match && match.length >= leastWords ? match.phrases : []) {
      if (concept?.startsWith(PREFIX)) found.add(concept.slice(PREFIX.length))
    }
    at += match?.length ?? 1
  }
  return found
}
