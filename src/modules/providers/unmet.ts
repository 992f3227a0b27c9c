import type { ListState } from '../../platform/http/list-state.js'
import type { Named } from '../search-help/index.js'

/** The work that a search asks for. */
interface Asked {
  services: string[]
  sectors: string[]
}

/** The services and trades that a search names or is narrowed to; null where it asks for no service. */
export function askedIn(state: ListState, named: readonly Named[]): Asked | null {
  const ids = (kind: 'service' | 'sector') => [
    ...new Set([...named.filter((one) => one.kind === kind).map(({ id }) => id), ...(state.selected[kind] ?? [])]),
  ]
  const services = ids('service')
  return services.length > 0 ? { services, sectors: ids('sector') } : null
}

/** What of it no firm does: the services that no firm has; null where each has some. */
export function unmetOf({ services, sectors }: Asked, firmsBy: Readonly<Record<string, number>>): Asked | null {
  const unmet = services.filter((id) => (firmsBy[id] ?? 0) === 0)
  return unmet.length > 0 ? { services: unmet, sectors } : null
}
