import type { Span } from '../../../platform/search/index.js'
import { asksBehindIn } from './another-wish.rules.js'
import { askingIn } from './asking.rules.js'
import { fieldVector, without } from './field-vector.rules.js'
import { type Use, useIn } from './in-use.rules.js'
import { plainText } from './plain-text.rules.js'
import type { Nearness, NearService } from './service-profiles.rules.js'
import type { OtherTrade, StandingInField, UnderstoodTerm } from './understood.types.js'
import { wordedAs } from './wording.rules.js'

/** Weaker signs than this are chance; a service this sure is worth a question to the reader, not more. */
const WORTH_ASKING = 0.3
/** A service that is in use already is hardly what is wanted, when something else is. */
const IN_USE_SHARE = 0.35
const MOST_SERVICES = 6

/** From where to where likeness counts: what the score is, and how far it stands out, in standard deviations. */
const SCORE = { nothing: 32, all: 60 }
const STANDING = { nothing: 1.6, all: 2.6 }
/** From where to where nearness to other work speaks against it, as a part of the service's score. */
const AGAINST = { nothing: 0.85, all: 1.05 }
/** The most that likeness alone can say. */
const LIKENESS = 0.9
/** From this likeness on the text asks for a service, though it also says what of it is not wanted. */
const CONTRADICTED = 0.6
/** What is left of a service that is named in passing, while the text as a whole is about another one, and about other work. */
const IN_PASSING = { service: 0.55, otherTrade: 0.2 }

/** A service that a text's words say. */
export interface NamedService extends UnderstoodTerm {
  /** Called by its name, and not merely told by how it is missed. */
  outright: boolean
}

/**
 * The services a text asks for, surest first: those it names or tells by a cue, weighed against how near the text as a whole is to
 * each service's words. What the text says is in use already steps back.
 */
export function wantedServices(
  text: string,
  named: readonly NamedService[],
  { services: near, otherTrade }: Nearness,
  refused: readonly string[],
): UnderstoodTerm[] {
  const best = Math.max(SCORE.all, ...near.map(({ score }) => score))
  const ids = new Set([...named, ...near].map(({ id }) => id))
  for (const id of refused)
    if (!near.some((one) => one.id === id && likenessOf(one, otherTrade) >= CONTRADICTED)) ids.delete(id)
  const plain = plainText(text)
  const isAskedFor = askingIn(text, plain)
  const worded = wordedAs(text, plain)
  const use = useIn(worded)
  const nearest = Math.max(0, ...near.map(({ score }) => score))
  const about = nearest > 0 ? 1 - (1 - IN_PASSING.otherTrade) * between(otherTrade / nearest, AGAINST) : 1
  const weighed = [...ids].map((id): Weighed => {
    const word = named.find((one) => one.id === id)
    const like = near.find((one) => one.id === id)
    const likeness = like ? likenessOf(like, otherTrade) : 0
    const inPassing = IN_PASSING.service + (1 - IN_PASSING.service) * Math.min(1, (like?.score ?? 0) / best)
    const spans = word?.spans ?? like?.pairs ?? []
    const asked = word?.outright === true && spans.some(isAskedFor)
    const weight = 1 - (1 - (word?.weight ?? 0) * (asked ? 1 : inPassing * about)) * (1 - likeness)
    return { id, weight, spans, source: 'text', there: !asked && isThere(use, spans, word?.outright === true) }
  })
  return stepBack(weighed, asksBehindIn(worded))
    .filter(({ weight }) => weight >= WORTH_ASKING)
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_SERVICES)
    .map(({ there: _, ...service }) => service)
}

interface Weighed extends UnderstoodTerm {
  /** It is in use already. */
  there: boolean
}

/** A name is there where it is said to be; a service that is merely told by words only where they all are. */
const isThere = (use: (span: Span) => Use, spans: readonly Span[], outright: boolean): boolean =>
  spans.length > 0 && spans[outright ? 'some' : 'every']((span) => use(span) === 'fine')

/** From which score and how many times a service's on other work leaves no doubt, whatever words are shared. */
const PLAINLY_OTHER = { score: 25, times: 1.4 }

/** Below this score nearness to other work is chance; as near as this to a service's it is as likely to be that. */
const OTHER_TRADE = { score: 8, near: 1 }

/** Whether the text asks for work that is no service, rather than for one. */
export function otherTradeIn({ services, otherTrade }: Pick<Nearness, 'services' | 'otherTrade'>): OtherTrade {
  const nearest = services[0]?.score ?? 0
  if (otherTrade >= Math.max(PLAINLY_OTHER.score, PLAINLY_OTHER.times * nearest)) return 'plainly'
  return otherTrade >= Math.max(OTHER_TRADE.score, OTHER_TRADE.near * nearest) ? 'perhaps' : 'no'
}

/** From which score and standing on a service is a hunch; none is where other work is nearer. */
const HUNCH = { score: 12, standing: 2.05 }
const MOST_HUNCHES = 4

/** Services that the text is near to without being taken to ask for them, nearest first. */
export function hunches({ services, otherTrade }: Nearness, wanted: readonly UnderstoodTerm[]): string[] {
  return services
    .filter(
      ({ id, score, standing }) =>
        score > Math.max(HUNCH.score, otherTrade) && standing > HUNCH.standing && !wanted.some((one) => one.id === id),
    )
    .slice(0, MOST_HUNCHES)
    .map(({ id }) => id)
}

/** From where to where a text's nearest kind of work makes it clear what it speaks of; a score of fewer words is chance. */
const CLEAR = { nothing: 70, all: 135 }

/** Where a need stands in the field, and how clear that is. */
export function standingInField({ field }: Nearness, refused: readonly string[]): StandingInField {
  const best = Math.max(0, ...field.map(({ score }) => score))
  return { vector: without(fieldVector(field), refused), clear: between(best, CLEAR) }
}

/** Confidence, 0 to `LIKENESS`, that a text asks for a service, by likeness alone; none when it is as near to other work. */
function likenessOf({ score, standing }: NearService, otherTrade: number): number {
  return LIKENESS * between(score, SCORE) * between(standing, STANDING) * (1 - between(otherTrade / score, AGAINST))
}

const between = (value: number, { nothing, all }: { nothing: number; all: number }) =>
  Math.min(1, Math.max(0, (value - nothing) / (all - nothing)))

/** What is there already steps back, where anything else is asked for. */
function stepBack(services: readonly Weighed[], asksBehind: (span: Span) => boolean): readonly Weighed[] {
  const others = services.some(({ weight, there }) => weight >= WORTH_ASKING && !there)
  const behind = services.some(({ weight, there, spans }) => weight >= WORTH_ASKING && there && spans.some(asksBehind))
  if (!others && !behind) return services
  return services.map((one) => (one.there ? { ...one, weight: one.weight * IN_USE_SHARE } : one))
}
