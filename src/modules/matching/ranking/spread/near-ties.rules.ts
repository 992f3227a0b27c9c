import type { Draw } from './draw.rules.js'

/** By what ones are told apart. */
export interface Turns<T> {
  /** Only those of one kind take turns. */
  kindOf(one: T): string
  /** What lots are drawn for. */
  nameOf(one: T): string
  draw: Draw
}

/**
 * Lets near-ties share their places: those of the same kind whose standing is less than `within` below the first of them take each
 * other's places by lot. Everybody else stays. Those of a kind come by descending standing, and so they are returned.
 */
export function shareNearTies<T extends { standing: number }>(
  ones: readonly T[],
  within: number,
  { kindOf, nameOf, draw }: Turns<NoInfer<T>>,
): T[] {
  const order = [...ones]
  for (const places of tiedPlaces(ones, within, kindOf)) {
    const drawn = places
      .flatMap((at) => ones[at] ?? [])
      .map((one) => ({ one, lot: draw(nameOf(one)) }))
      .sort((a, b) => a.lot - b.lot)
    for (const [nth, at] of places.entries()) {
      const [one, before] = [drawn[nth]?.one, ones[at]]
      if (one && before) order[at] = { ...one, standing: before.standing }
    }
  }
  return order
}

/** The places that near-ties hold, group by group; those that one holds alone are left out. */
function tiedPlaces<T extends { standing: number }>(
  ones: readonly T[],
  within: number,
  kindOf: (one: T) => string,
): number[][] {
  const groups: number[][] = []
  const open = new Map<string, { first: number; places: number[] }>()
  for (const [at, one] of ones.entries()) {
    const kind = kindOf(one)
    const group = open.get(kind)
    if (group && group.first - one.standing < within) {
      group.places.push(at)
    } else {
      const begun = { first: one.standing, places: [at] }
      open.set(kind, begun)
      groups.push(begun.places)
    }
  }
  return groups.filter(({ length }) => length > 1)
}
