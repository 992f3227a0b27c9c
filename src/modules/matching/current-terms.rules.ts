import type { TaxonomyView } from '../taxonomy/index.js'
import type { Given } from './understanding/understood.types.js'

/** What is given with a need, with successors in the place of retired services and sectors. */
export const withCurrent = (view: TaxonomyView, given: Given): Given => ({
  ...given,
  ...(given.services && { services: given.services.map((id) => view.current('service', id)) }),
  ...(given.sector && { sector: view.current('sector', given.sector) }),
})

/** A correction, `service:accounting`, as it is called now: links with corrections are kept for long. */
export function currentName(view: TaxonomyView, name: string): string {
  const [kind, id] = name.split(':')
  return (kind === 'service' || kind === 'sector') && id ? `${kind}:${view.current(kind, id)}` : name
}
