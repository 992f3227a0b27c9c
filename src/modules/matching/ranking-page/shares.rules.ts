import { CRITERIA, type Criterion } from '../ranking/judgement.types.js'
import type { Weights } from '../ranking/weights.js'

/** One thing that counts, and its part of the whole in percent. */
export interface Share {
  name: Criterion | 'text'
  percent: number
}

/** What a need can state. `words` stands in for the work where none was understood, and a refusal is found in a firm's text. */
const STATED = CRITERIA.filter((name) => name !== 'words' && name !== 'refusal')

const stated = (criteria: Weights['criteria']) => STATED.reduce((sum, name) => sum + criteria[name], 0)

/** What a refusal costs a firm at most where a need states everything: a share of the score, 0 to 1. */
export const refusalCosts = ({ criteria, text }: Pick<Weights, 'criteria' | 'text'>): number =>
  ((1 - text) * criteria.refusal) / (stated(criteria) + criteria.refusal)

/**
 * What each thing counts for a need whose work is surely understood and which states everything there is to judge by, the largest
 * first. Whole percents that sum to 100: what rounding leaves goes to those it takes most from.
 */
export function shares({ criteria, text }: Pick<Weights, 'criteria' | 'text'>): Share[] {
  const total = stated(criteria)
  const exact = [
    { name: 'text' as const, percent: text * 100 },
    ...STATED.map((name) => ({ name, percent: ((1 - text) * 100 * criteria[name]) / total })),
  ]
  const left = 100 - exact.reduce((sum, { percent }) => sum + Math.floor(percent), 0)
  const rounded = [...exact]
    .sort((a, b) => (b.percent % 1) - (a.percent % 1))
    .map(({ name, percent }, index) => ({ name, percent: Math.floor(percent) + Number(index < left) }))
  return rounded.sort((a, b) => b.percent - a.percent)
}
