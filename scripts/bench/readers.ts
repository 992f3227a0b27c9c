import { addressOf, newVisitor } from './visitor.js'

const PAGES = [
  '/',
  '/providers',
  '/providers?q=ke+toan',
  '/needs',
  '/businesses',
  '/match?text=can+phan+mem+ke+toan',
  '/about',
]

export interface Readers {
  /** Times of the pages read since the last time, in ms. */
  take(): number[]
  /** Answers how many pages were not answered with 200. */
  stop(): Promise<number>
}

/** Visitors who read one page after another, each from an address of his own; `pauseMs` is how long each looks at one. */
export function startReaders(url: string, count: number, pauseMs: number, pages: readonly string[] = PAGES): Readers {
  let times: number[] = []
  let failed = 0
  let stopped = false
  let n = 0
  const read = async () => {
    while (!stopped) {
      n++
      const { status, took } = await newVisitor(url, addressOf(100_000 + n)).get(pages[n % pages.length] ?? '/')
      times.push(took)
      if (status !== 200) failed++
      await wait(pauseMs)
    }
  }
  const running = Array.from({ length: count }, read)
  return {
    take: () => {
      const taken = times
      times = []
      return taken
    },
    stop: async () => {
      stopped = true
      await Promise.all(running)
      return failed
    },
  }
}

/** Readers with nothing else going on, and what their pages then take: the first ones, while nothing is warm, do not count. */
export async function warmReaders(url: string, count: number, pauseMs: number, idleMs: number) {
  const readers = startReaders(url, count, pauseMs)
  await wait(idleMs / 2)
  readers.take()
  await wait(idleMs)
  return { readers, idle: readers.take() }
}

export const wait = (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time))
