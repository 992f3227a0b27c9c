import { createHash } from 'node:crypto'

/** Letters that follow each other closer than this are one phrase being typed. */
const SETTLED_MS = 3_000
/** Who types at the same time; more are machines, and are let go. */
const MOST = 1_000

/** What is to be done once somebody has typed to the end: by visit, the last of it alone. */
export function createSettling() {
  const waiting = new Map<string, { act: () => void; timer: NodeJS.Timeout }>()
  const keyOf = (visit: string) => createHash('sha256').update(visit).digest('base64')

  return {
    /** Puts off what is to be done for a visit, in place of what waits for it; null takes that back. */
    replace(visit: string, act: (() => void) | null): void {
      const key = keyOf(visit)
      clearTimeout(waiting.get(key)?.timer)
      waiting.delete(key)
      if (!act || waiting.size >= MOST) return
      const timer = setTimeout(() => {
        waiting.delete(key)
        act()
      }, SETTLED_MS)
      waiting.set(key, { act, timer: timer.unref() })
    },
    /** Does all that waits now. */
    settle(): void {
      for (const [key, { act, timer }] of waiting) {
        clearTimeout(timer)
        waiting.delete(key)
        act()
      }
    },
  }
}
