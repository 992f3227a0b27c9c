import type { ListState } from '../../platform/http/list-state.js'
import type { Named } from '../search-help/index.js'

/** What a search asks for that no firm does: of the services it names, or is narrowed to, those that no firm has. */
export function unmetIn(
  state: ListState,
  named: readonly Named[],
  firmsBy: Readonly<Record<string, number>>,
): { services: string[]; sectors: string[] } | null {
  const ids = (kind: 'service' | 'sector') => [
    ...new Set([...named.filter((one) => one.kind === kind).map(({ id }) => id), ...(state.selected[kind] ?? [])]),
  ]
  const services = ids('service').filter((id) => (firmsBy[id] ?? 0) === 0)
  return services.length > 0 ? { services, sectors: ids('sector') } : null
}
