import type { PlainDate } from '../../kernel/clock.js'
import type { ProviderProfile } from './providers.schemas.js'

export type Offer = ProviderProfile['offers'][number]

/** An offer that runs today or will: `running` tells them apart. */
export interface DatedOffer {
  offer: Offer
  running: boolean
}

/**
 * The first-use offers worth showing on `today` of the park: those that run, the soonest to end first, then those to come,
 * the soonest to start first. Both days of an offer belong to it; one whose last day has passed is left out.
 */
export function offersOn(today: PlainDate, offers: readonly Offer[]): DatedOffer[] {
  const alive = offers.filter((offer) => offer.until >= today)
  const running = alive.filter((offer) => offer.from <= today).sort((a, b) => compare(a.until, b.until))
  const coming = alive.filter((offer) => offer.from > today).sort((a, b) => compare(a.from, b.from))
  return [...running.map((offer) => ({ offer, running: true })), ...coming.map((offer) => ({ offer, running: false }))]
}

const compare = (a: PlainDate, b: PlainDate) => (a < b ? -1 : Number(a > b))
