import type { PlainDate } from '../../../kernel/clock.js'
import type { SearchDocument } from '../../../platform/search/index.js'
import { type KnownNeed, needIn } from './need-document.rules.js'

interface Kept {
  need: KnownNeed | null
  from: SearchDocument['understood']
  day: PlainDate
}

/** Needs remembered at once; about 3 kB each. */
const MOST = 4_000

/** `needIn`, remembering the needs of late: many firms look at the same ones. Made anew when the document or the day is another. */
export function needMemory(): typeof needIn {
  const known = new Map<string, Kept>()
  return (document, day) => {
    const kept = known.get(document.id)
    if (kept?.need?.version === document.version && kept.from === document.understood && kept.day === day)
      return kept.need
    const need = needIn(document, day)
    if (known.size >= MOST) known.clear()
    known.set(document.id, { need, from: document.understood, day })
    return need
  }
}
