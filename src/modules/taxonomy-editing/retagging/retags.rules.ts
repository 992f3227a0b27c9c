import type { Taxonomy, TermKind } from '../../taxonomy/index.js'
import { entryOf, same } from '../acts/acts.rules.js'

/** Where records go between two versions of the taxonomy: from a retired entry to its successor, or back to one that is there again. */
export interface Moves {
  forward: { kind: TermKind; from: string; to: string }[]
  back: { kind: TermKind; from: string }[]
}

export function movesBetween(before: Taxonomy, after: Taxonomy): Moves {
  const forward = (after.retired ?? []).flatMap(({ kind, id, successor }) =>
    successor !== null && entryOf(before, kind, id) ? [{ kind, from: id, to: successor }] : [],
  )
  const back = (before.retired ?? [])
    .filter(({ kind, id }) => entryOf(after, kind, id) !== undefined)
    .map(({ kind, id }) => ({ kind, from: id }))
  return { forward, back }
}

/** Fields of a content that hold services and sectors. */
const FIELDS = ['services', 'sectors', 'sector', 'cases'] as const

type Content = Readonly<Record<string, unknown>> | null

/**
 * A content as it is now, with what a retagging changed put back, and nothing that came later: a field that is still as it was left is as
 * it was before; in one that was changed since, the successor alone goes back where the retired one stood.
 */
export function unretagged(
  now: unknown,
  before: unknown,
  after: unknown,
  { kind, from, to }: { kind: TermKind; from: string; to: string },
) {
  const [content, old, left] = [now as Content, before as Content, after as Content]
  if (!content || !old || !left) return now
  const changes = FIELDS.flatMap((field) => {
    if (same(old[field], left[field]) || content[field] === undefined) return []
    if (same(content[field], left[field])) return [[field, old[field]] as const]
    const list = content[field]
    const ofKind = field === (kind === 'service' ? 'services' : 'sectors')
    return ofKind && Array.isArray(list)
      ? [[field, withReturned(list, old[field] as unknown[], from, to)] as const]
      : []
  })
  return changes.length > 0 ? { ...content, ...Object.fromEntries(changes) } : now
}

/** Where both stood before, the retired one comes back beside its successor; else in its place. */
function withReturned(now: readonly unknown[], before: readonly unknown[], from: string, to: string): unknown[] {
  const formerly = before.find((one) => idOf(one) === from)
  if (formerly === undefined || now.some((one) => idOf(one) === from)) return [...now]
  const both = before.some((one) => idOf(one) === to)
  if (both) return now.some((one) => idOf(one) === to) ? [...now, formerly] : [...now]
  return now.map((one) =>
    idOf(one) !== to ? one : typeof one === 'string' ? from : { ...(one as object), service: from },
  )
}

const idOf = (one: unknown) => (typeof one === 'string' ? one : (one as { service?: string }).service)
