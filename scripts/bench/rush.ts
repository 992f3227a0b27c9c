import { ms, p95Of, quantile, type Report } from './figures.js'
import { addPeople, type OwnPeople, withOwnProduct } from './own-product.js'
import { wait, warmReaders } from './readers.js'
import { addressOf, newVisitor, type Timed } from './visitor.js'

interface Rush {
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

/** Readers at once; each reads a page, then looks at it for a moment. */
const READERS = 4
const PAUSE_MS = 20

/** Lets `people` sign in at once, each from an address of his own, while others read. */
async function rush(url: string, { emails, password }: OwnPeople, people: number, idleMs: number): Promise<Rush> {
  const { readers, idle } = await warmReaders(url, READERS, PAUSE_MS, idleMs)
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

/** So many people at once after `idleMs` of reading alone, with as many accounts and with ten times as many: pages may take three times as long meanwhile. */
export async function measureSignIns(people: number, idleMs: number): Promise<Report> {
  const rows = [['accounts', 'signed in', 'within', 'pages idle p95', 'during p95', 'ratio', 'pages failed']]
  let fine = true
  for (const accounts of [people, 10 * people]) {
    const { idle, during, signIns, lasted, failedPages } = await withOwnProduct(
      (core) => addPeople(core, accounts),
      (url, own) => rush(url, own, people, idleMs),
    )
    const entered = signIns.filter(({ status }) => status === 303).length
    const ratio = quantile(during, 0.95) / quantile(idle, 0.95)
    fine &&= entered === people && failedPages === 0 && ratio <= 3
    rows.push([
      ...[String(accounts), `${entered} of ${people}`, ms(lasted)],
      ...[p95Of(idle), p95Of(during), ratio.toFixed(2), String(failedPages)],
    ])
  }
  return { rows, fine }
}
