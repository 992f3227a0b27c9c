import type { Revision } from './revision.repository.js'

/** What an instance keeps in memory of the database, and reads again when it was changed. */
export interface Remembered<T> {
  /** @throws before the first `reload`. */
  get(): T
  /** Null before the first `reload`. */
  known(): T | null
  /** Resolves when all that was committed before the call is seen. */
  reload(): Promise<void>
  /** Reloads if another instance has changed something since; else it costs one small read. */
  catchUp(): Promise<void>
}

/** `read` gives the whole, so that nobody sees a part of the old with a part of the new; `onRead` is told of each that takes a former one's place. */
export function remembered<T>(
  revision: Pick<Revision, 'current'>,
  read: () => Promise<T>,
  onRead: (now: T, before: T) => void = () => {},
): Remembered<T> {
  let kept: { value: T; revision: number } | null = null
  let running: Promise<void> = Promise.resolve()

  async function load() {
    // Taken first: what changes while it is read is read again.
    const current = await revision.current()
    const before = kept
    kept = { value: await read(), revision: current }
    if (before) onRead(kept.value, before.value)
  }

  // One after the other, so that a slow older reading never covers a newer one.
  const reload = () => {
    running = running.catch(() => undefined).then(load)
    return running
  }

  return {
    get: () => {
      if (!kept) throw new Error('the core is used before prepare()')
      return kept.value
    },
    known: () => kept?.value ?? null,
    reload,
    catchUp: async () => {
      if ((await revision.current()) !== kept?.revision) await reload()
    },
  }
}
