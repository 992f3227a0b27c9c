import type { WatchRow } from './alerts.model.js'

/** Most that one person watches at a time. */
export const MOST_WATCHES = 20

const PLACES = Array.from({ length: MOST_WATCHES }, (_, n) => String(n))

/** The first place that none of a person's watches has; null when he has as many as one may. */
export function freePlace(own: readonly Pick<WatchRow, 'place'>[]): string | null {
  const taken = new Set(own.map(({ place }) => place))
  return PLACES.find((place) => !taken.has(place)) ?? null
}
