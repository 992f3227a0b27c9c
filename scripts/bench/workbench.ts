import { ROUTES, type RouteSpec } from '../../src/kernel/routes.js'
import { furnishBusyPark } from './busy-park.js'
import { median, ms, quantile, type Report } from './figures.js'
import { checked, uploaded } from './importing.js'
import { withOwnProduct } from './own-product.js'
import { signInAsStaff } from './staff.js'
import type { Visitor } from './visitor.js'

/** How long one page of the workbench took, again and again. */
interface PageTimes {
  /** The address with its ids as `:name` and the names of its questions: what stays the same from one product to another. */
  page: string
  address: string
  median: number
  p95: number
  status: number
}

/** What a page of the workbench may take at most, p95. */
const PATIENCE_MS = 150

const TIMES = 40

const WARM = 3

/** Rows of the table that waits for the word to be imported. */
const STAGED_ROWS = 2_000

/** Pages read to find the others; the workbench has some dozens. */
const MOST_PAGES = 300

const PAGES = Object.values(ROUTES as Readonly<Record<string, RouteSpec>>)
  .filter(({ method, kind, path }) => method === 'GET' && kind === 'page' && /^\/admin(\/|$)/.test(path))
  .map(({ path }) => ({ path, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`) }))

/**
 * Follows the links of the workbench from its first page on, and times one address of each page and each set of questions
 * (filters, order, the next page), and the pages of `also`. Pages that nothing led to are named in `missed`.
 */
async function workbenchTimes(
  visitor: Visitor,
  also: readonly string[],
): Promise<{ times: PageTimes[]; missed: string[] }> {
  const examples = await findExamples(visitor, also)
  const times: PageTimes[] = []
  for (const [page, address] of examples) {
    const took: number[] = []
    let status = 0
    for (let n = 0; n < WARM + TIMES; n++) {
      const answer = await visitor.get(address)
      status = answer.status
      if (n >= WARM) took.push(answer.took)
    }
    times.push({ page, address, median: median(took), p95: quantile(took, 0.95), status })
  }
  const reached = new Set([...examples.keys()].map((page) => page.split('?')[0]))
  return { times, missed: PAGES.map(({ path }) => path).filter((path) => !reached.has(path)) }
}

async function findExamples(visitor: Visitor, also: readonly string[]): Promise<Map<string, string>> {
  const start = ['/admin', ...also]
  // Pages of cases differ by kind, and are measured by kind.
  const nameOf = (path: string) => (/^\/admin\/cases\//.test(path) ? path.replace(/cases\/\w+/, 'cases/:case') : null)
  const examples = new Map(start.map((path) => [nameOf(path) ?? pageOf(new URL(path, 'http://here')) ?? path, path]))
  const unread = [...start]
  for (let read = 0; read < MOST_PAGES; read++) {
    const address = unread.shift()
    if (address === undefined) break
    const { text, contentType } = await visitor.get(address)
    if (!contentType.includes('text/html')) {
      for (const [page, example] of examples) if (example === address) examples.delete(page)
      continue
    }
    for (const [, href = ''] of text.matchAll(/href="([^"]+)"/g)) {
      const target = new URL(href.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'), `http://here${address}`)
      const page = pageOf(target)
      if (!page || examples.has(page)) continue
      examples.set(page, target.pathname + target.search)
      unread.push(target.pathname + target.search)
    }
  }
  return examples
}

function pageOf({ host, pathname, searchParams }: URL): string | null {
  if (host !== 'here') return null
  // A route that is spelled out comes before one with a parameter, as in the router.
  const matching = PAGES.filter(({ pattern }) => pattern.test(pathname))
  const route = matching.find(({ path }) => !path.includes(':')) ?? matching[0]
  if (!route) return null
  const asked = [...new Set(searchParams.keys())].sort()
  return route.path + (asked.length > 0 ? `?${asked.join('&')}` : '')
}

/** Every page of the staff with so many listings and five audit entries for each, and with a tenth of them. */
export async function measureWorkbench(listings: number): Promise<Report> {
  const few = await workbenchOf(Math.ceil(listings / 10))
  const many = await workbenchOf(listings)
  const before = new Map(few.times.map((one) => [one.page, one]))
  const rows = many.times.map(({ page, status, median: middle, p95 }) => {
    const a = before.get(page)
    return [page, String(status), a ? ms(a.p95) : '', ms(middle), ms(p95), a ? (p95 / a.p95).toFixed(1) : '']
  })
  return {
    rows: [['page', 'status', 'p95 of a tenth', 'median', 'p95', 'ratio'], ...rows],
    fine: many.times.every(({ status, p95 }) => status === 200 && p95 <= PATIENCE_MS),
    notes: [
      ...many.times.filter(({ status }) => status !== 200).map(({ address, status }) => `${status} ${address}`),
      ...(many.missed.length > 0 ? [`not measured: ${many.missed.join(', ')}`] : []),
    ],
  }
}

function workbenchOf(listings: number) {
  return withOwnProduct(
    (core) => furnishBusyPark(core, listings),
    async (url, administrator) => {
      const visitor = await signInAsStaff(url, administrator)
      const at = await uploaded(visitor, STAGED_ROWS)
      await checked(visitor, at)
      return workbenchTimes(visitor, [...administrator.pages, at, `${at}/columns`])
    },
  )
}
