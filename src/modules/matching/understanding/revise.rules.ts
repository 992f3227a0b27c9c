import type { Understood, UnderstoodTerm } from './understood.types.js'

/** What a reader took away from or added to what was understood: `service:erp-mes`, `sector:rice`, `budget`, `ward` … */
export interface Revision {
  dropped?: readonly string[] | undefined
  added?: readonly string[] | undefined
}

const SINGLE = ['budget', 'ward', 'onSite', 'deadline'] as const

/** The understanding after the reader's corrections; unknown names change nothing. */
export function revise(understood: Understood, { dropped = [], added = [] }: Revision): Understood {
  const gone = new Set(dropped)
  const revised: Understood = {
    ...understood,
    services: withAdded('service', understood.services, gone, added),
    sectors: withAdded('sector', understood.sectors, gone, added),
    mustHaves: gone.has('mustHaves') ? [] : understood.mustHaves,
  }
  for (const name of SINGLE) if (gone.has(name)) delete revised[name]
  return revised
}

function withAdded(
  kind: 'service' | 'sector',
  terms: readonly UnderstoodTerm[],
  gone: ReadonlySet<string>,
  added: readonly string[],
): UnderstoodTerm[] {
  const kept = terms.filter(({ id }) => !gone.has(`${kind}:${id}`))
  const prefix = `${kind}:`
  const extra = [...new Set(added)]
    .filter((name) => name.startsWith(prefix) && !gone.has(name))
    .map((name) => name.slice(prefix.length))
    .filter((id) => !kept.some((term) => term.id === id))
  return [...kept, ...extra.map((id): UnderstoodTerm => ({ id, weight: 1, spans: [], source: 'added' }))]
}
