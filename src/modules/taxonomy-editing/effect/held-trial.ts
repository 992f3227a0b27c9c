/** What is being built for one key, or is there. */
export interface Building<Built> {
  ready: Built | null
  /** Rejects when it cannot be built. */
  built: Promise<void>
}

interface Held<Built> extends Building<Built> {
  key: string
  /** Who uses it at the moment. */
  users: number
  idle: NodeJS.Timeout | undefined
}

/** A preview that was left takes up memory no longer than this. */
const IDLE_MS = 60_000

/**
 * Holds what takes time to build and much memory from one step of a preview to the next: the last one asked for. It is ended when
 * nothing more is wanted of it, when another takes its place, when a step fails, and when no step has come for a minute; whoever uses it
 * just then finishes first.
 */
export function holdTrial<Built>(end: (built: Built) => Promise<void>) {
  let last: Held<Built> | null = null

  function begin(key: string, build: () => Promise<Built>): Held<Built> {
    const held: Held<Built> = { key, ready: null, built: Promise.resolve(), users: 0, idle: undefined }
    held.built = build().then((built) => {
      held.ready = built
    })
    // What went wrong is told by the step that waits for it; the next one tries anew.
    held.built.catch(() => letGo(held))
    return held
  }

  /** No later step finds it. */
  function letGo(held: Held<Built>): void {
    if (last === held) last = null
    clearTimeout(held.idle)
    endUnused(held)
  }

  function endUnused(held: Held<Built>): void {
    if (held.users > 0) return
    held.built.then(() => held.ready && end(held.ready)).catch(() => undefined)
  }

  return {
    /** Does a step with what is held for a key, or begins to build it. */
    async use<Step>(
      key: string,
      build: () => Promise<Built>,
      step: (trial: Building<Built>) => Promise<Step>,
    ): Promise<Step> {
      if (last && last.key !== key) letGo(last)
      last ??= begin(key, build)
      const held = last
      clearTimeout(held.idle)
      held.users++
      try {
        return await step(held)
      } catch (error) {
        letGo(held)
        throw error
      } finally {
        held.users--
        if (last === held) held.idle = setTimeout(() => letGo(held), IDLE_MS).unref()
        else endUnused(held)
      }
    },
    /** Nothing more is wanted of what is held for a key. */
    done(key: string): void {
      if (last?.key === key) letGo(last)
    },
  }
}
