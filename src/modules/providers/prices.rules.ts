import type { MoneyRange } from '../../kernel/fields.js'
import type { ProviderProfile } from './providers.schemas.js'

/** What a first job costs at least, over all services: `{ min }`, or `{ max }` where only ceilings are stated; null when nothing is. */
export function lowestPrice(services: ProviderProfile['services']): MoneyRange | null {
  const ends = (end: 'min' | 'max') => services.flatMap(({ price }) => price?.[end] ?? [])
  const floors = ends('min')
  if (floors.length > 0) return { min: Math.min(...floors) }
  const ceilings = ends('max')
  return ceilings.length > 0 ? { max: Math.min(...ceilings) } : null
}
