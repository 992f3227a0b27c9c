import { startReaders, wait } from '../readers.js'
import { addressOf, newVisitor } from '../visitor.js'

/** One page that others read, alone and beside the crowd, in ms. */
export interface PageBeside {
  page: string
  idle: number[]
  during: number[]
}

export interface Crowd {
  pages: PageBeside[]
  /** Of each match of the crowd, in ms. */
  matches: number[]
  /** How long the crowd matched, in ms. */
  lasted: number
  /** Pages and matches that were not answered with 200. */
  failed: number
}

/** How long each reader looks at a page. */
const PAUSE_MS = 40

/** Lets `people` match all the time, each a need of his own after another, while others read one page each again and again. */
export async function crowdMatching(
  url: string,
  { people, pages, ms, text }: { people: number; pages: readonly string[]; ms: number; text: (n: number) => string },
): Promise<Crowd> {
  const readers = pages.map((page) => startReaders(url, 1, PAUSE_MS, [page]))
  await wait(ms / 2)
  for (const { take } of readers) take()
  await wait(ms)
  const idle = readers.map(({ take }) => take())
  const matches: number[] = []
  let failed = 0
  let asked = 0
  const began = performance.now()
  const match = async () => {
    while (performance.now() - began < ms) {
      const n = asked++
      const address = `/match?text=${encodeURIComponent(text(n))}`
      const { status, took } = await newVisitor(url, addressOf(n)).get(address)
      matches.push(took)
      if (status !== 200) failed++
    }
  }
  const crowd = Promise.all(Array.from({ length: people }, match))
  await wait(ms)
  const during = readers.map(({ take }) => take())
  await crowd
  const lasted = performance.now() - began
  for (const { stop } of readers) failed += await stop()
  return {
    pages: pages.map((page, at) => ({ page, idle: idle[at] ?? [], during: during[at] ?? [] })),
    matches,
    lasted,
    failed,
  }
}
