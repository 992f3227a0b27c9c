import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../../platform/project-root.js'
import type { Weights } from '../ranking/weights.js'

/** The weights that the product comes with. */
export interface ShippedWeights {
  /** One more whenever they are changed, so that parks which have not set their own follow. */
  release: number
  weights: Weights
}

const FILE = join(PROJECT_ROOT, 'src/modules/matching/data/weights.json')

let read: ShippedWeights | undefined

/** What the product comes with, read once. */
export function shippedWeights(): ShippedWeights {
  read ??= readShipped()
  return read
}

function readShipped(): ShippedWeights {
  const { release, ...weights } = JSON.parse(readFileSync(FILE, 'utf8')) as Weights & { release: number }
  return { release, weights }
}
