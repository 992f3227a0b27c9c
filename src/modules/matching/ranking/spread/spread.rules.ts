import { daysBefore } from '../../../../kernel/retention.js'
import type { FirmFacts } from '../firm-facts.rules.js'
import { breaksMust } from '../judge.rules.js'
import type { Ranked } from '../rank.rules.js'
import type { Weights } from '../weights.js'
import { diversify } from './diversify.rules.js'
import type { Draw } from './draw.rules.js'
import { shareNearTies } from './near-ties.rules.js'
import { placeNewcomer } from './newcomer.rules.js'
import type { Placed } from './placed.types.js'

/** The places that are seen: a page shows as many at first. */
export const FIRST = 10

export interface SpreadContext {
  weights: Pick<Weights, 'spread' | 'newcomer'>
  facts: ReadonlyMap<string, FirmFacts>
  draw: Draw
  now: Date
}

export interface Spread {
  ranked: readonly Ranked[]
  /** Id of the firm that has its place for being new; null where none has. */
  newcomer: string | null
}

/**
 * Shares the places among the firms that do what is asked for and break no must, as far as their scores hardly differ: near-ties take
 * turns, the first ten are made to differ, and a firm that is new here may have the last of them. No other firm gets before one of
 * these by it; where nobody does what is asked for, all stay as they are.
 */
export function spread(ranked: readonly Ranked[], doing: ReadonlySet<string>, context: SpreadContext): Spread {
  const { weights, draw, now } = context
  const shares = ({ id, judgements }: Ranked) => doing.has(id) && !breaksMust(judgements)
  const placed = ranked.filter(shares).flatMap((firm): Placed[] => {
    const facts = context.facts.get(firm.id)
    return facts ? [{ firm, facts, standing: firm.score }] : []
  })
  const turns = shareNearTies(placed, weights.spread.nearTie, { kindOf, nameOf: ({ facts }) => facts.name, draw })
  const varied = diversify(turns, FIRST, weights.spread.variety)
  const since = daysBefore(now, weights.newcomer.days).getTime()
  const { order, newcomer } = placeNewcomer(varied, FIRST, since, weights.newcomer)
  return {
    ranked: amongOthers(
      order.map(({ firm }) => firm),
      ranked,
    ),
    newcomer,
  }
}

/** Firms that nothing judged tells apart: all have met the same things as far. */
const kindOf = ({ firm }: Placed) => firm.judgements.map(({ status }) => status).join()

/** `moved` in their new order; each of the other firms after all of them that it stood after before. */
function amongOthers(moved: readonly Ranked[], before: readonly Ranked[]): Ranked[] {
  const places = new Map(moved.map((firm, place) => [firm, place]))
  const order: Ranked[] = []
  let out = 0
  let due = 0
  for (const firm of before) {
    const place = places.get(firm)
    if (place !== undefined) {
      due = Math.max(due, place + 1)
    } else {
      order.push(...moved.slice(out, due), firm)
      out = due
    }
  }
  return [...order, ...moved.slice(out)]
}
