import type { PlainDate } from '../../../kernel/clock.js'
import { type DetectedConcept, detectConcepts, type Lexicon, type Span } from '../../../platform/search/index.js'
import { findWards } from '../../geography/index.js'
import { sectorConcept, serviceConcept, type TaxonomyView } from '../../taxonomy/index.js'
import { blankOut, findBoilerplate } from './boilerplate.rules.js'
import { type Budget, findBudget } from './budget.rules.js'
import { deadlineOn, findDeadline } from './deadline.rules.js'
import { languageOf } from './language.rules.js'
import { findMustHaves } from './must-haves.rules.js'
import { plainText } from './plain-text.rules.js'
import { findPresence } from './presence.rules.js'
import { findTools, isInUse } from './tools.rules.js'
import type { Given, Understood, UnderstoodTerm } from './understood.types.js'

export interface Understanding {
  lexicon: Lexicon
  taxonomy: TaxonomyView
  /** Two-digit code; its wards are looked for. */
  province: string
  /** The day the need is read, in the park's time zone. */
  today: PlainDate
  given?: Given | undefined
}

/** Weaker signs than this are chance; a service this sure is worth a question to the reader, not more. */
const WORTH_ASKING = 0.3
/** A service that is in use already is hardly what is wanted, when something else is. */
const IN_USE_SHARE = 0.35
const MOST_SERVICES = 6
const MOST_SECTORS = 3

/**
 * Understands a need from its own words: services, sector, budget, place, deadline, musts, what it does not want. Fields that were
 * given go before the text. Takes Vietnamese with or without accents, abbreviated or chatty, English, and both mixed.
 */
export function understand(
  text: string,
  { lexicon, taxonomy, province, today, given = {} }: Understanding,
): Understood {
  const plain = plainText(text)
  const boilerplate = findBoilerplate(plain)
  const speaking = blankOut(text, boilerplate)
  const budget = given.budget ? givenBudget(given.budget) : findBudget(speaking, plain)
  const deadline = given.deadline ? deadlineOn(given.deadline, today) : findDeadline(plain, today)
  const place = given.ward ? { code: given.ward } : wardIn(text, province)
  const presence = given.onSite === undefined ? findPresence(plain) : { value: given.onSite }
  const { found, negated } = detectConcepts(speaking, lexicon)
  const terms = (kind: 'service' | 'sector') => termsOf(found, kind, taxonomy)
  const unimportant = [budget?.span, deadline?.span, place?.span].filter((span): span is Span => span !== undefined)
  return {
    language: languageOf(text, plain),
    services: given.services?.length
      ? given.services.map(asGiven)
      : wanted(terms('service'), plain).slice(0, MOST_SERVICES),
    sectors: given.sector ? [asGiven(given.sector)] : terms('sector').slice(0, MOST_SECTORS),
    negated: termsOf(negated, 'service', taxonomy).map(({ id }) => id),
    ...(budget ? { budget } : {}),
    ...(place ? { ward: place } : {}),
    ...(presence ? { onSite: presence } : {}),
    ...(deadline ? { deadline } : {}),
    mustHaves: given.mustHaves?.length ? given.mustHaves.map((must) => ({ text: must })) : findMustHaves(text, plain),
    tools: given.tools?.length ? given.tools : findTools(plain),
    words: blankOut(speaking, unimportant),
  }
}

const asGiven = (id: string): UnderstoodTerm => ({ id, weight: 1, spans: [], source: 'given' })

function givenBudget({ min, max }: NonNullable<Given['budget']>): Budget {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), currency: 'VND' }
}

function wardIn(text: string, province: string): Understood['ward'] {
  const [first] = findWards(text, province)
  return first && { code: first.ward.code, span: first.span }
}

/** The detected terms of one kind that the taxonomy knows, without the prefix of their concept ids. */
function termsOf(
  concepts: readonly DetectedConcept[],
  kind: 'service' | 'sector',
  taxonomy: TaxonomyView,
): UnderstoodTerm[] {
  const prefix = kind === 'service' ? serviceConcept('') : sectorConcept('')
  return concepts.flatMap(({ id, weight, spans }) => {
    if (!id.startsWith(prefix) || weight < WORTH_ASKING) return []
    const term = id.slice(prefix.length)
    return taxonomy[kind](term) ? [{ id: term, weight, spans, source: 'text' as const }] : []
  })
}

/** Services by descending weight, those in use already taken back behind the others. */
function wanted(services: readonly UnderstoodTerm[], plain: string): UnderstoodTerm[] {
  const used = new Set(services.filter(({ spans }) => spans.every((span) => isInUse(plain, span))).map(({ id }) => id))
  if (used.size === 0 || used.size === services.length) return [...services]
  return services
    .map((service) => (used.has(service.id) ? { ...service, weight: service.weight * IN_USE_SHARE } : service))
    .filter(({ weight }) => weight >= WORTH_ASKING)
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
}
