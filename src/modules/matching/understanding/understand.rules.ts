import type { PlainDate } from '../../../kernel/clock.js'
import { type DetectedConcept, detectConcepts, type Lexicon, type Span } from '../../../platform/search/index.js'
import { findWards } from '../../geography/index.js'
import { sectorConcept, serviceConcept, type TaxonomyView } from '../../taxonomy/index.js'
import { blankOut, withoutBoilerplate } from './boilerplate.rules.js'
import { type Budget, findBudget } from './budget.rules.js'
import { deadlineOn, findDeadline } from './deadline.rules.js'
import { languageOf } from './language.rules.js'
import { findMustHaves } from './must-haves.rules.js'
import { findOtherMatters } from './other-matters.rules.js'
import { plainText } from './plain-text.rules.js'
import { findPresence } from './presence.rules.js'
import { refusedIn } from './refusals.rules.js'
import {
  asWorded,
  type Nearness,
  nearestServices,
  type ServiceProfiles,
  serviceProfiles,
} from './service-profiles.rules.js'
import { servicesNamedAlone } from './short-names.rules.js'
import { specialityModel } from './specialities.js'
import { specialitiesIn } from './specialities.rules.js'
import { findTools } from './tools.rules.js'
import type { Given, Understood, UnderstoodTerm } from './understood.types.js'
import { hunches, type NamedService, otherTradeIn, standingInField, wantedServices } from './wanted-services.rules.js'
import { wordedAs } from './wording.rules.js'

export interface Understanding {
  lexicon: Lexicon
  taxonomy: TaxonomyView
  /** Two-digit code; its wards are looked for. */
  province: string
  /** The day it was written, in the park's time zone: "in two weeks" counts from it. */
  writtenOn: PlainDate
  given?: Given | undefined
}

/** A trade less sure than the first is chance; a further one must be named outright. */
const SECTOR_SURE = { first: 0.3, further: 0.8 }
const MOST_SECTORS = 3
/** A cue read loosely is a weaker sign than a name; all cues together are weighed by likeness. */
const CUE_SHARE = 0.7

/**
 * Understands a need from its own words: services, sector, budget, place, deadline, musts, what it does not want. Fields that were
 * given go before the text. Weeks to the deadline count from the day it was written (`asOf` tells them on another). Takes Vietnamese with or without accents, abbreviated or chatty, English, and both mixed.
 */
export function understand(
  text: string,
  { lexicon, taxonomy, province, writtenOn, given = {} }: Understanding,
): Understood {
  const plain = plainText(text)
  const worded = wordedAs(text, plain)
  const speaking = withoutBoilerplate(text, plain)
  const budget = given.budget ? givenBudget(given.budget) : findBudget(speaking, plain)
  const deadline = given.deadline ? deadlineOn(given.deadline, writtenOn) : findDeadline(text, plain, writtenOn)
  const place = given.ward ? { code: given.ward } : wardIn(text, province)
  const presence = given.onSite === undefined ? findPresence(plain) : { value: given.onSite }
  const otherMatters = findOtherMatters(speaking)
  const { found, negated } = detectConcepts(blankOut(speaking, otherMatters), lexicon)
  const terms = (kind: 'service' | 'sector', least: number) => termsOf(found, kind, taxonomy, least)
  const isRefused = refusedIn(worded)
  const called = terms('service', 0)
  const declined = called.filter(({ outright, spans }) => outright && spans.every(isRefused))
  const refused = [...termsOf(negated, 'service', taxonomy, 0), ...declined].map(({ id }) => id)
  const wishes = blankOut(
    speaking,
    [...negated, ...declined].flatMap(({ spans }) => spans),
  )
  const profiles = serviceProfiles(taxonomy.taxonomy)
  const specialities = specialityModel()
  const near = asWorded(nearTo(wishes, otherMatters, profiles), worded.wording)
  const unimportant = [budget?.span, deadline?.span, place?.span].filter((span): span is Span => span !== undefined)
  const words = blankOut(speaking, unimportant)
  // As a whole first: a name may sound like a ward ("van phong dien tu").
  const alone = [speaking, words].map((said) => servicesNamedAlone(said, lexicon, taxonomy))
  const named = withNamedAlone(
    called.filter((one) => !declined.includes(one)),
    alone.find((services) => services.length > 0) ?? [],
  )
  const services = given.services?.length
    ? given.services.map(asGiven)
    : wantedServices(text, named, besides(near, named, blankOut(wishes, otherMatters), profiles), refused)
  return {
    language: languageOf(text, plain),
    services,
    hunches: hunches(near, services),
    field: standingInField(near, refused),
    specialities: specialitiesIn(wishes, specialities.services.keys(), specialities),
    otherTrade: otherTradeIn(near),
    sectors: given.sector ? [asGiven(given.sector)] : sectorsOf(terms('sector', SECTOR_SURE.first)),
    negated: refused.filter((id) => !services.some((one) => one.id === id)),
    ...(budget ? { budget } : {}),
    ...(place ? { ward: place } : {}),
    ...(presence ? { onSite: presence } : {}),
    ...(deadline ? { deadline } : {}),
    mustHaves: given.mustHaves?.length ? given.mustHaves.map((must) => ({ text: must })) : findMustHaves(text, plain),
    tools: given.tools?.length ? given.tools : findTools(worded, plain),
    words,
  }
}

/** What names outright, and what else is named where it stands alone. */
function withNamedAlone(named: readonly NamedService[], alone: readonly NamedService[]): NamedService[] {
  const told = named.filter(({ id, outright }) => outright || !alone.some((one) => one.id === id))
  return [...told, ...alone.filter(({ id }) => !told.some((one) => one.id === id))]
}

/** What a text is near to; words of another matter speak for no service. */
function nearTo(text: string, otherMatters: readonly Span[], profiles: ServiceProfiles): Nearness {
  const near = nearestServices(text, profiles)
  if (otherMatters.length === 0) return near
  return { ...near, services: nearestServices(blankOut(text, otherMatters), profiles).services }
}

/** The words of a name speak for the service that they name, and for no other. */
function besides(near: Nearness, named: readonly NamedService[], text: string, profiles: ServiceProfiles): Nearness {
  const outright = named.filter((one) => one.outright)
  if (outright.length === 0) return near
  const rest = nearestServices(
    blankOut(
      text,
      outright.flatMap(({ spans }) => spans),
    ),
    profiles,
  )
  const called = new Set(outright.map(({ id }) => id))
  const services = [
    ...near.services.filter(({ id }) => called.has(id)),
    ...rest.services.filter(({ id }) => !called.has(id)),
  ]
  return { ...rest, services, otherTrade: near.otherTrade }
}

const sectorsOf = (sectors: readonly NamedService[]): UnderstoodTerm[] =>
  sectors
    .filter(({ weight }, at) => at === 0 || weight >= SECTOR_SURE.further)
    .slice(0, MOST_SECTORS)
    .map(({ outright: _, ...sector }) => sector)

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
  least: number,
): NamedService[] {
  const prefix = kind === 'service' ? serviceConcept('') : sectorConcept('')
  return concepts.flatMap(({ id, weight: all, by, spans }) => {
    const weight = by === 'cue' && kind === 'service' ? all * CUE_SHARE : all
    if (!id.startsWith(prefix) || weight < least) return []
    const term = id.slice(prefix.length)
    return taxonomy[kind](term) ? [{ id: term, weight, spans, source: 'text' as const, outright: by === 'term' }] : []
  })
}
