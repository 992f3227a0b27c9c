import type { OwnPeople } from './own-product.js'
import { addressOf, newVisitor, type Timed } from './visitor.js'

export interface Rush {
  /** Times of pages that others read before the rush, and while it lasted, in ms. */
  idle: number[]
  during: number[]
  /** Of each sign-in. */
  signIns: Timed[]
  /** From the first to the last, in ms. */
  lasted: number
  /** Pages that were not answered with 200. */
  failedPages: number
}

const PAGES = [
  '/',
  '/providers',
  '/providers?q=ke+toan',
  '/needs',
  '/businesses',
  '/match?text=can+phan+mem+ke+toan',
  '/about',
]

/** Readers at once; each reads a page, then looks at it for a moment. */
const READERS = 4
const PAUSE_MS = 20

/** Lets `people` sign in at once, each from an address of his own, while others read. */
export async function rush(
  url: string,
  { emails, password }: OwnPeople,
  people: number,
  idleMs = 10_000,
): Promise<Rush> {
  const readers = startReaders(url)
  // The first pages are slower: nothing is warm yet.
  await wait(idleMs / 2)
  readers.take()
  await wait(idleMs)
  const idle = readers.take()

  const visitors = await Promise.all(
    emails.slice(0, people).map(async (email, n) => {
      const visitor = newVisitor(url, addressOf(n))
      await visitor.get('/sign-in')
      return { email, visitor }
    }),
  )
  await wait(500)
  readers.take()
  const began = performance.now()
  const signIns = await Promise.all(visitors.map(({ email, visitor }) => visitor.post('/sign-in', { email, password })))
  const lasted = performance.now() - began
  const during = readers.take()
  const failedPages = await readers.stop()
  return { idle, during, signIns, lasted, failedPages }
}

function startReaders(url: string) {
  let times: number[] = []
  let failed = 0
  let stopped = false
  let n = 0
  const read = async () => {
    while (!stopped) {
      n++
      const { status, took } = await newVisitor(url, addressOf(100_000 + n)).get(PAGES[n % PAGES.length] ?? '/')
      times.push(took)
      if (status !== 200) failed++
      await wait(PAUSE_MS)
    }
  }
  const running = Array.from({ length: READERS }, read)
  return {
    /** What was measured since the last time. */
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

const wait = (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time))
