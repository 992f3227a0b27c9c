import type { Weights } from '../weights.js'
import type { Placed } from './placed.types.js'

/**
 * Gives the last of the first places to a firm that is new here, where none of them has one: the first new firm that stands soon after
 * them and hardly lower. Never a higher place, and never more than one.
 * @param since the instant, in ms since 1970, from which on a firm that came is new
 */
export function placeNewcomer(
  firms: readonly Placed[],
  first: number,
  since: number,
  { reach, within }: Weights['newcomer'],
): { order: readonly Placed[]; newcomer: string | null } {
  const isNew = ({ facts }: Placed) => facts.listedSince !== null && facts.listedSince >= since
  const last = firms[first - 1]
  const none = { order: firms, newcomer: null }
  if (!last || firms.slice(0, first).some(isNew)) return none
  const newcomer = firms.slice(first, reach).find((one) => isNew(one) && last.standing - one.standing <= within)
  if (!newcomer) return none
  const others = firms.filter((one) => one !== newcomer)
  return { order: others.toSpliced(first - 1, 0, newcomer), newcomer: newcomer.firm.id }
}
