import { createHash } from 'node:crypto'

/** Remembers the last `most` texts by their hash alone. */
export function recentlySeen(most: number): { isNew(text: string): boolean } {
  const seen = new Set<string>()
  return {
    isNew(text) {
      const hash = createHash('sha256').update(text).digest('base64')
      if (seen.has(hash)) return false
      seen.add(hash)
      const [oldest] = seen
      if (seen.size > most && oldest !== undefined) seen.delete(oldest)
      return true
    },
  }
}
