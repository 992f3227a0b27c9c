import { type Understanding, understand } from './understand.rules.js'
import type { Understood } from './understood.types.js'

/** Needs remembered at once; about 3 kB each. */
const MOST = 200

/**
 * `understand`, remembering the latest needs: whoever takes a finding away, asks for more firms or comes back asks with the same words.
 * Other words of the taxonomy make it forget.
 */
export function understandingMemory(most = MOST): typeof understand {
  let read: Pick<Understanding, 'lexicon' | 'taxonomy'> | null = null
  const known = new Map<string, Understood>()

  return (text, { lexicon, taxonomy, ...told }) => {
    if (read?.lexicon !== lexicon || read.taxonomy !== taxonomy) {
      read = { lexicon, taxonomy }
      known.clear()
    }
    const key = JSON.stringify([text, told])
    const understood = known.get(key) ?? understand(text, { lexicon, taxonomy, ...told })
    // The latest stand last; the first to go is the one that was asked for longest ago.
    known.delete(key)
    known.set(key, understood)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return understood
  }
}
