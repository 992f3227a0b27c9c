import { likeness } from './likeness.rules.js'
import type { Placed } from './placed.types.js'

/** Firms below the first places that may come up into them: it bounds the work where very many stand alike. */
const LOOKED_AT = 15

/**
 * Spreads the first places over firms that differ, by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): each place
 * goes to the firm whose standing, less `most` times its likeness to the nearest of those placed already, is greatest. With
 * λ = 1 / (1 + most) that is the paper's λ·relevance - (1 - λ)·similarity. So a firm is only passed by one whose standing is less
 * than `most` below its own.
 */
export function diversify(firms: readonly Placed[], first: number, most: number): Placed[] {
  const reach = Math.min(firms.length, first + LOOKED_AT)
  const left = firms.slice(0, reach).map((placed) => ({ placed, alike: 0 }))
  const chosen: Placed[] = []
  while (chosen.length < first && left.length > 0) {
    const worth = ({ placed, alike }: (typeof left)[number]) => placed.standing - most * alike
    const best = left.reduce((a, b) => (worth(b) > worth(a) ? b : a))
    left.splice(left.indexOf(best), 1)
    chosen.push(best.placed)
    for (const one of left) one.alike = Math.max(one.alike, likeness(one.placed.facts, best.placed.facts))
  }
  return [...chosen, ...left.map(({ placed }) => placed), ...firms.slice(reach)]
}
