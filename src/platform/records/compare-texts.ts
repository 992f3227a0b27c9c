import { diffArrays } from 'diff'

/** A stretch of two texts that are compared: in both, only in the earlier one, or only in the later one. */
export interface Stretch {
  kind: 'same' | 'gone' | 'come'
  text: string
}

/** More edits than this, and the texts are compared by lines, then as wholes: the work grows with its square. */
const MOST_EDITS = 600

/** What the texts of one record may cost together, in squares of edits: a record of many rewritten texts is somebody's trick. */
export interface Effort {
  left: number
}
export const newEffort = (): Effort => ({ left: 2 * MOST_EDITS ** 2 })

/** Below this share of common letters the texts are others, and word by word would be a riddle. */
const LEAST_COMMON = 0.25

// A word with its accents, in whatever form they are written; blanks; and every other sign by itself.
const WORDS = /[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu
const LINES = /[^\n]*\n|[^\n]+$/g

/**
 * How `before` became `after`, word by word. The stretches without `come` make up `before`, those without `gone` make up
 * `after`; equal texts are one stretch, two empty ones none. Work is bounded for texts of any length.
 */
export function compareTexts(before: string, after: string, effort = newEffort()): Stretch[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const found = edits(before, after, WORDS, effort) ?? edits(before, after, LINES, effort)
  if (!found || isAnother(found, Math.max(before.length, after.length))) return asWholes(before, after)
  return joined(found)
}

function edits(before: string, after: string, by: RegExp, effort: Effort): Stretch[] | null {
  const parts = (text: string): string[] => text.match(by) ?? []
  const most = Math.min(MOST_EDITS, Math.floor(Math.sqrt(effort.left)))
  const changes = diffArrays(parts(before), parts(after), { maxEditLength: most })
  const made = changes?.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0) ?? most
  effort.left = Math.max(0, effort.left - made ** 2)
  return (
    changes?.map(({ value, added, removed }) => ({
      kind: added ? 'come' : removed ? 'gone' : 'same',
      text: value.join(''),
    })) ?? null
  )
}

function isAnother(stretches: readonly Stretch[], longest: number): boolean {
  const common = stretches.reduce((sum, { kind, text }) => sum + (kind === 'same' ? text.trim().length : 0), 0)
  return common < longest * LEAST_COMMON
}

const asWholes = (before: string, after: string): Stretch[] => [
  ...(before ? [{ kind: 'gone' as const, text: before }] : []),
  ...(after ? [{ kind: 'come' as const, text: after }] : []),
]

/** Blanks between two changed words belong to the change, so that a phrase is struck out as one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = []
  let [gone, come] = ['', '']
  const flush = () => {
    result.push(...asWholes(gone, come))
    gone = ''
    come = ''
  }
  for (const [index, { kind, text }] of stretches.entries()) {
    if (kind === 'gone') gone += text
    else if (kind === 'come') come += text
    else if (gone + come !== '' && index < stretches.length - 1 && /^[^\S\n]+$/.test(text)) {
      gone += text
      come += text
    } else {
      flush()
      result.push({ kind, text })
    }
  }
  flush()
  return result
}
