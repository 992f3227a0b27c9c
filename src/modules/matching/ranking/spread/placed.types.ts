import type { FirmFacts } from '../firm-facts.rules.js'
import type { Ranked } from '../rank.rules.js'

/** A firm on its way to its place. */
export interface Placed {
  firm: Ranked
  facts: FirmFacts
  /** The score that its place goes by: its own, or that of the near-tie whose place it has. */
  standing: number
}
