/** A firm that a change puts elsewhere; places are from 1, null where it is not ranked at all. */
export interface Move {
  id: string
  from: number | null
  to: number | null
}

/**
 * Who moves among the first: every firm that stands there before or after and not in the same place, by its place after the change;
 * those that have left the first come last.
 */
export function movesAmongFirst(before: readonly string[], after: readonly string[], first: number): Move[] {
  const places = (ids: readonly string[]) => new Map(ids.map((id, index) => [id, index + 1]))
  const [from, to] = [places(before), places(after)]
  const shown = new Set([...after.slice(0, first), ...before.slice(0, first)])
  return [...shown]
    .map((id) => ({ id, from: from.get(id) ?? null, to: to.get(id) ?? null }))
    .filter((move) => move.from !== move.to)
}
