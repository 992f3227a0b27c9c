import type { Weights, WeightsVersion } from '../ranking/weights.js'
import { type ShippedWeights, shippedWeights } from './shipped-weights.js'
import type { WeightsRow } from './weighing.model.js'
import type { WeightsRepository } from './weighing.repository.js'

/**
 * The park's weights in force. A park that has none gets the product's own first, and one that has never set its own follows
 * when a later release brings better ones; what somebody has set stays until somebody changes it.
 */
export async function loadWeights(
  repository: Pick<WeightsRepository, 'inForce' | 'addShipped'>,
  parkId: string,
  shipped: ShippedWeights = shippedWeights(),
): Promise<WeightsVersion> {
  const found = await repository.inForce(parkId)
  if (found && !isOutdated(found, shipped)) return asWeighed(found, shipped)
  await repository.addShipped(parkId, (found?.version ?? 0) + 1, shipped)
  // Read again: another instance may have been first.
  const added = await repository.inForce(parkId)
  if (!added) throw new TypeError(`the weights of park ${parkId} were not kept`)
  return asWeighed(added, shipped)
}

const isOutdated = ({ by, release = 0 }: WeightsRow, shipped: ShippedWeights) =>
  by === undefined && release < shipped.release

/** A stored version as the ranking takes it: what has been weighed only since it was made is as the product ships it. */
export function asWeighed(
  { weights, version, at }: WeightsRow,
  { weights: shipped }: ShippedWeights = shippedWeights(),
): WeightsVersion {
  return { ...filledUp(weights, shipped), version, since: at }
}

/** `some` with what is missing in it taken from `all`; what `all` does not know is left out. */
function filledUp(some: Partial<Weights>, all: Weights): Weights {
  const fill = (own: unknown, whole: unknown): unknown => {
    if (!isGroup(whole)) return own ?? whole
    const part = isGroup(own) ? own : {}
    return Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, fill(part[name], value)]))
  }
  return fill(some, all) as Weights
}

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
