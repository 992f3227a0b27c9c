import { blankOut } from '../understanding/boilerplate.rules.js'
import { plainText } from '../understanding/plain-text.rules.js'
import { asWorded, nearestServices, type ServiceProfiles } from '../understanding/service-profiles.rules.js'
import type { Understood } from '../understanding/understood.types.js'
import { otherTradeIn } from '../understanding/wanted-services.rules.js'
import { wordedAs } from '../understanding/wording.rules.js'
import { tellingTerms } from './text-evidence.rules.js'

/** Telling words below which a text that nothing was read from is no need yet. */
const LEAST_SAID = 2
/** From this confidence on a trade is named, and not merely told by its work. */
const NAMED = 0.8

/**
 * Whether a text says too little for anybody to know what is needed: a greeting, a price, one strange word, or nothing beside a place and
 * a trade. Those two are left out before it is asked whether other work is meant: a ward's name meets the stories of other trades by chance.
 */
export function saysTooLittle(need: Understood, profiles: ServiceProfiles): boolean {
  if (need.services.length > 0 || need.hunches.length > 0) return false
  const trade = need.sectors.flatMap(({ weight, spans }) => (weight >= NAMED ? spans : []))
  const rest = blankOut(need.words, trade)
  if (tellingTerms(rest).size >= LEAST_SAID) return false
  const { wording } = wordedAs(rest, plainText(rest))
  return otherTradeIn(asWorded(nearestServices(rest, profiles), wording)) === 'no'
}
