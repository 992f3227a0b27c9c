import { withoutSetAside } from '../understanding/set-aside.rules.js'
import type { Understood } from '../understanding/understood.types.js'
import type { FirmFacts } from './firm-facts.rules.js'
import type { Judgement } from './judgement.types.js'
import { tellingTerms } from './text-evidence.rules.js'
import type { Weights } from './weights.js'

/** A need's words are read once, not for each of two hundred firms. */
const asked = new WeakMap<Pick<Understood, 'words'>, ReadonlySet<string>>()

/**
 * Whether the firm's own text sets aside something that the need speaks of and neither sets aside itself nor has already: then the clause
 * that says so; null otherwise, since a firm that refuses nothing is none the better for it.
 */
export function judgeRefusal(
  need: Pick<Understood, 'words'>,
  { denies }: Pick<FirmFacts, 'denies'>,
  weights: Weights,
): Judgement | null {
  if (denies.length === 0) return null
  const terms = asked.get(need) ?? tellingTerms(withoutSetAside(need.words))
  asked.set(need, terms)
  const found = denies.find(({ telling, least }) => telling.filter((term) => terms.has(term)).length >= least)
  if (!found) return null
  return {
    status: 'unmet',
    value: weights.value.unmet,
    weight: weights.criteria.refusal,
    detail: { criterion: 'refusal', kind: 'said', clause: found.clause },
  }
}
