import type { Core } from '../../src/core.js'
import type { Matcher } from '../../src/modules/matching/index.js'
import { serviceConcept } from '../../src/modules/taxonomy/index.js'
import { measuredMatcher } from '../support/measured.js'

/** The matcher with one part switched off. */
export interface Ablation {
  name: string
  matcher: Matcher
}

type Weights = ReturnType<Core['weights']>
type Parts = Pick<Core, 'lexicon' | 'taxonomy' | 'weights'>

/** What tells nothing about a service: neither for nor against the firm. */
const criteriaOff =
  (...names: (keyof Weights['criteria'])[]) =>
  ({ weights }: Parts): Partial<Parts> => ({
    weights: () => ({
      ...weights(),
      criteria: { ...weights().criteria, ...Object.fromEntries(names.map((name) => [name, 0])) },
    }),
  })

const STRUCTURED = ['sector', 'place', 'budget', 'delivery', 'evidence', 'language', 'mustHave', 'refusal'] as const

/** Services are no longer told by how an owner speaks of what he misses; their names still say them. */
function withoutCues({ lexicon }: Parts): Partial<Parts> {
  const full = lexicon()
  const isService = ({ id }: { id: string }) => id.startsWith(serviceConcept(''))
  // One value for all questions: what is made ready of a lexicon is kept by it.
  const bare = {
    ...full,
    concepts: full.concepts.map((concept) => (isService(concept) ? { ...concept, cues: [] } : concept)),
  }
  return { lexicon: () => bare }
}

/** Services are no longer told by how near the whole text is to all their words. */
function withoutLikeness({ taxonomy }: Parts): Partial<Parts> {
  const view = taxonomy()
  const bare = { ...view, taxonomy: { ...view.taxonomy, services: [] } }
  return { taxonomy: () => bare }
}

/** What a firm's text says of its work counts as little as saying nothing. */
const withoutTextServices = ({ weights }: Parts): Partial<Parts> => ({
  weights: () => {
    const { value, service, ...others } = weights()
    return { ...others, value, service: { ...service, textIsAbout: value.unknown, mentioned: value.unknown } }
  },
})

const textShare =
  (share: number) =>
  ({ weights }: Parts): Partial<Parts> => ({ weights: () => ({ ...weights(), text: share, textAlone: share }) })

/** Nobody gives way to anybody whose score is lower, neither in turn nor for variety, nor to somebody new. */
const spreadOff =
  (off: Partial<Weights['spread']>, newcomer: Partial<Weights['newcomer']> = {}) =>
  ({ weights }: Parts): Partial<Parts> => ({
    weights: () => {
      const all = weights()
      return { ...all, spread: { ...all.spread, ...off }, newcomer: { ...all.newcomer, ...newcomer } }
    },
  })

const PARTS: readonly [name: string, off: (parts: Parts) => Partial<Parts>][] = [
  ['services by cues', withoutCues],
  ['services by likeness', withoutLikeness],
  ['services by either', (parts) => ({ ...withoutCues(parts), ...withoutLikeness(parts) })],
  ["services in a firm's text", withoutTextServices],
  ['services as a criterion', criteriaOff('service')],
  ...STRUCTURED.map((name): (typeof PARTS)[number] => [`criterion: ${name}`, criteriaOff(name)]),
  ['all criteria but services', criteriaOff(...STRUCTURED)],
  ['the text', textShare(0)],
  ['all but the text', textShare(1)],
  ['kinds of work within a service', ({ weights }) => ({ weights: () => ({ ...weights(), speciality: 0 }) })],
  ['where both stand in the field', ({ weights }) => ({ weights: () => ({ ...weights(), field: 0 }) })],
  ['turns of near-ties', spreadOff({ nearTie: 0 })],
  ['variety of the first ten', spreadOff({ variety: 0 })],
  ['the place for the new', spreadOff({}, { days: 0 })],
  ['turns, variety and that place', spreadOff({ nearTie: 0, variety: 0 }, { days: 0 })],
]

/** The matcher of a product, each time with one of its parts switched off. */
export function ablations(core: Core): Ablation[] {
  const parts = PARTS.map(([name, off]) => ({ name, matcher: measuredMatcher(core, off(core)) }))
  return core.meaning ? [...parts, withoutEndpoint(core)] : parts
}

/** The matcher of a product with an embedding endpoint, as it is where there is none. */
export const withoutEndpoint = (core: Core): Ablation => ({
  name: 'the embedding endpoint',
  matcher: measuredMatcher(core, { meaning: undefined }),
})
