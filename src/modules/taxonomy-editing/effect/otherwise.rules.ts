import { type Taxonomy, TERM_KINDS, type TermKind, viewOf } from '../../taxonomy/index.js'
import { entriesOf, same } from '../acts/acts.rules.js'

/** Entries under which the same records read otherwise: renamed, retired, or there again. */
export function readOtherwise(before: Taxonomy, after: Taxonomy): { kind: TermKind; id: string }[] {
  const [old, now] = [viewOf(before), viewOf(after)]
  const shown = (view: ReturnType<typeof viewOf>, kind: TermKind, id: string) => {
    const current = view.current(kind, id)
    return [current, view[kind](current)?.name]
  }
  return TERM_KINDS.flatMap((kind) => {
    const ids = new Set([...entriesOf(before, kind), ...entriesOf(after, kind)].map(({ id }) => id))
    return [...ids].filter((id) => !same(shown(old, kind, id), shown(now, kind, id))).map((id) => ({ kind, id }))
  })
}
