export interface Job {
  /** Waits for a run that is under way and starts no more. */
  stop(): Promise<void>
}

/** Runs `work` now and every `ms` after the last run has ended; an error is told and the next run comes all the same. */
export function every(ms: number, work: () => Promise<unknown>, onError: (error: unknown) => void): Job {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = run()

  async function run() {
    try {
      await work()
    } catch (error) {
      onError(error)
    }
    if (stopped) return
    timer = setTimeout(() => {
      running = run()
    }, ms)
    timer.unref()
  }

  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
