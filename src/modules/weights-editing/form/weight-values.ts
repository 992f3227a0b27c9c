import type { Weights } from '../../matching/index.js'
import { WEIGHT_FIELDS, type WeightField } from './weight-fields.js'

/** The figures by the path of their field, as they are shown: shares times 100. */
export type ShownWeights = Readonly<Record<string, number>>

const HUNDRED = 100
/** Shares are kept to a hundredth of a percent, so that what is shown and sent back unchanged is the same. */
const FINEST = 10_000

export function shownWeights(weights: Weights): ShownWeights {
  return Object.fromEntries(WEIGHT_FIELDS.map((field) => [field.path, shown(field, valueAt(weights, field.path))]))
}

/** `weights` with these figures in it; what has no field stays as it is. */
export function withShown(weights: Weights, figures: ShownWeights): Weights {
  const next = structuredClone(weights)
  for (const field of WEIGHT_FIELDS) {
    const figure = figures[field.path]
    if (figure !== undefined) setAt(next, field.path, stored(field, figure))
  }
  return next
}

const shown = ({ unit }: WeightField, value: number) =>
  unit === 'percent' ? Math.round(value * FINEST) / (FINEST / HUNDRED) : value

const stored = ({ unit }: WeightField, figure: number) =>
  unit === 'percent' ? Math.round((figure / HUNDRED) * FINEST) / FINEST : figure

function valueAt(weights: Weights, path: string): number {
  let value: unknown = weights
  for (const name of path.split('.')) value = (value as Record<string, unknown>)[name]
  return value as number
}

function setAt(weights: Weights, path: string, value: number): void {
  const names = path.split('.')
  const last = names.pop() as string
  let group = weights as unknown as Record<string, unknown>
  for (const name of names) group = group[name] as Record<string, unknown>
  group[last] = value
}
