import type { IntroductionRow } from '../introductions.repository.js'
import { MOST_REQUESTS } from './introductions.rules.js'
import type { IntroductionKind } from './introductions.types.js'

/** Requests of a need in all its life, and times that two sides may try: nobody is to be asked again and again. */
export const MOST_REQUESTS_EVER = 12
const MOST_TRIES = 3

/** `full`: as many as there may be at once. `answered-before`: this one has said no, or was asked often enough. */
export type PlaceRefusal = 'full' | 'answered-before' | 'enough'

type Known = Pick<IntroductionRow, 'kind' | 'provider' | 'state' | 'place'>

/**
 * The place that a new introduction of a need takes. Each has a name of its own, which the database lets one hold at a
 * time: of two requests for the last place at the same moment, one gets it.
 */
export function freePlace(
  kind: IntroductionKind,
  provider: string,
  all: readonly Known[],
  maxOffers: number,
): { ok: true; place: string } | { ok: false; reason: PlaceRefusal } {
  const same = all.filter((one) => one.kind === kind)
  const before = same.filter((one) => one.provider === provider)
  if (before.some(({ state }) => state === 'declined') || before.length >= MOST_TRIES)
    return { ok: false, reason: 'answered-before' }
  if (kind === 'request' && same.length >= MOST_REQUESTS_EVER) return { ok: false, reason: 'enough' }
  const most = kind === 'request' ? MOST_REQUESTS : maxOffers
  const taken = new Set(all.map(({ place }) => place))
  const place = Array.from({ length: most }, (_, index) => `${kind}:${index}`).find((one) => !taken.has(one))
  return place ? { ok: true, place } : { ok: false, reason: 'full' }
}
