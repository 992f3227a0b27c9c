import { withListed, without } from './field-vector.rules.js'
import type { StandingInField, Understood, UnderstoodTerm } from './understood.types.js'

/** What a reader took away from or added to what was understood: `service:erp-mes`, `sector:rice`, `budget`, `ward` … */
export interface Revision {
  dropped?: readonly string[] | undefined
  added?: readonly string[] | undefined
}

const SINGLE = ['budget', 'ward', 'onSite', 'deadline'] as const

type Kind = 'service' | 'sector'

/** The understanding after the reader's corrections; names that `exists` does not know change nothing. */
export function revise(
  understood: Understood,
  { dropped = [], added = [] }: Revision,
  exists: (kind: Kind, id: string) => boolean,
): Understood {
  const gone = new Set(dropped)
  const adding = (kind: Kind) =>
    added.filter((name) => name.startsWith(`${kind}:`) && exists(kind, name.slice(kind.length + 1)))
  const revised: Understood = {
    ...understood,
    services: withAdded('service', understood.services, gone, adding('service')),
    sectors: withAdded('sector', understood.sectors, gone, adding('sector')),
    field: revisedField(understood.field, dropped, adding('service')),
    hunches: understood.hunches.filter((id) => !gone.has(`service:${id}`)),
    mustHaves: gone.has('mustHaves') ? [] : understood.mustHaves,
  }
  for (const name of SINGLE) if (gone.has(name)) delete revised[name]
  return revised
}

/** Where the need stands without the services that were taken away, and with those that were added. */
function revisedField(
  { vector, clear }: StandingInField,
  dropped: readonly string[],
  added: readonly string[],
): StandingInField {
  const services = (names: readonly string[]) =>
    names.flatMap((name) => (name.startsWith('service:') ? name.slice('service:'.length) : []))
  const kept = without(vector, services(dropped))
  return { vector: added.length > 0 ? withListed(kept, services(added)) : kept, clear }
}

function withAdded(
  kind: Kind,
  terms: readonly UnderstoodTerm[],
  gone: ReadonlySet<string>,
  added: readonly string[],
): UnderstoodTerm[] {
  const kept = terms.filter(({ id }) => !gone.has(`${kind}:${id}`))
  const extra = [...new Set(added)]
    .filter((name) => !gone.has(name))
    .map((name) => name.slice(kind.length + 1))
    .filter((id) => !kept.some((term) => term.id === id))
  return [...kept, ...extra.map((id): UnderstoodTerm => ({ id, weight: 1, spans: [], source: 'added' }))]
}
