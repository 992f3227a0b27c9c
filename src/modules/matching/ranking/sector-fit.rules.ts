import type { UnderstoodTerm } from '../understanding/understood.types.js'
import type { FirmFacts } from './firm-facts.rules.js'
import type { Judgement } from './judgement.types.js'
import type { Weights } from './weights.js'

/** Trades whose work is alike enough that experience in one helps in the other; version 1. */
const NEIGHBOURS: readonly (readonly string[])[] = [
  ['rice', 'fruit', 'vegetables', 'aquaculture', 'livestock'],
  ['food-processing', 'aquaculture', 'rice', 'fruit'],
  ['retail', 'wholesale', 'food-service'],
  ['hospitality', 'food-service'],
  ['wholesale', 'transport'],
  ['garment', 'handicraft', 'mechanical', 'food-processing'],
  ['construction', 'mechanical'],
  ['health', 'education'],
  ['public-administration', 'education', 'health'],
]

const areNeighbours = (a: string, b: string) => NEIGHBOURS.some((group) => group.includes(a) && group.includes(b))

/** Whether the firm serves the need's trade; null when no trade was understood. Of several trades the best met counts. */
export function judgeSector(sectors: readonly UnderstoodTerm[], firm: FirmFacts, weights: Weights): Judgement | null {
  const first = sectors[0]
  if (!first) return null
  const verdicts = sectors.map(({ id, weight }) => ({
    ...verdictOn(id, firm),
    weight: weights.criteria.sector * weight,
  }))
  const best = verdicts.reduce((a, b) => (weights.value[b.status] > weights.value[a.status] ? b : a))
  return { ...best, value: weights.value[best.status] }
}

function verdictOn(sector: string, firm: FirmFacts): Pick<Judgement, 'status' | 'detail'> {
  const detail = { criterion: 'sector', sector, served: firm.sectors } as const
  if (firm.sectors.includes(sector)) return { status: 'met', detail: { ...detail, kind: 'served' } }
  if (firm.cases.some((one) => one.sector === sector)) return { status: 'met', detail: { ...detail, kind: 'worked' } }
  if (firm.sectors.length === 0) return { status: 'unknown', detail: { ...detail, kind: 'unstated' } }
  const near = firm.sectors.filter((served) => areNeighbours(served, sector))
  if (near.length > 0) return { status: 'partly', detail: { ...detail, kind: 'near', served: near } }
  return { status: 'unmet', detail: { ...detail, kind: 'other' } }
}
