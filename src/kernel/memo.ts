/** A function that makes what it returns once for each key. For few keys: what is made is kept for ever. */
export function memo<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make(key)
    made.set(key, fresh)
    return fresh
  }
}

/**
 * A function of values that are read anew now and then and seldom differ: what it makes is kept for each value, and for the last few
 * contents, so that an equal value need not be worked through again. Values are not changed afterwards, and are compared as JSON.
 */
export function memoByContent<T extends object, R>(make: (value: T) => R, kept = 2): (value: T) => R {
  const byValue = new WeakMap<T, R>()
  const byContent = new Map<string, R>()
  return (value) => {
    const known = byValue.get(value)
    if (known !== undefined) return known
    const content = JSON.stringify(value)
    const made = byContent.get(content) ?? make(value)
    // The one used last goes last.
    byContent.delete(content)
    byContent.set(content, made)
    for (const [oldest] of byContent) {
      if (byContent.size <= kept) break
      byContent.delete(oldest)
    }
    byValue.set(value, made)
    return made
  }
}
