const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** A command listens to signals until its process ends. Where a test calls what it does, what was there comes back with the answer. */
export function keepSignalListeners(): () => void {
  const before = SIGNALS.map((name) => ({ name, listeners: process.rawListeners(name) }))
  return () => {
    for (const { name, listeners } of before) {
      process.removeAllListeners(name)
      for (const listener of listeners) process.on(name, listener as NodeJS.SignalsListener)
    }
  }
}
