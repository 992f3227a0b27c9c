import { median, ms, quantile, type Report } from './figures.js'
import { addPeople, type OwnPeople, withOwnProduct } from './own-product.js'
import { addressOf, newVisitor, type Timed } from './visitor.js'

/** One question to the product, whose answer must not tell whether there is an account. */
interface Telling {
  what: string
  known: Timed[]
  unknown: Timed[]
}

const QUESTIONS = [
  { what: 'sign in, wrong password', path: '/sign-in', fields: { password: 'sai bét cả rồi nhé' } },
  { what: 'sign up', path: '/sign-up', fields: {} },
  { what: 'reset', path: '/reset', fields: {} },
]

/** Asks each question `times` about addresses that have an account and, in turn, about others that have none. */
async function tellings(url: string, { emails }: OwnPeople, times: number): Promise<Telling[]> {
  const tellings: Telling[] = []
  let n = 0
  for (const { what, path, fields } of QUESTIONS) {
    const telling: Telling = { what, known: [], unknown: [] }
    const ask = async (email: string) => {
      const visitor = newVisitor(url, addressOf(n))
      await visitor.get(path)
      return visitor.post(path, { ...fields, email })
    }
    for (let i = 0; i < times; i++, n++) {
      // No address and no account is asked about twice, so that no limit answers in the product's stead.
      telling.known.push(await ask(emails[n] ?? ''))
      telling.unknown.push(await ask(`khong-co-${n}@bench.example`))
    }
    tellings.push(telling)
  }
  return tellings
}

/** Each question asked so often of either kind of address; the answers must be alike. */
export async function measureTellings(times: number): Promise<Report> {
  const told = await withOwnProduct(
    (core) => addPeople(core, 3 * times),
    (url, own) => tellings(url, own, times),
  )
  const statuses = (of: readonly Timed[]) => [...new Set(of.map(({ status }) => status))].join(', ')
  const took = (of: readonly Timed[]) => of.map((one) => one.took)
  const rows = told.map(({ what, known, unknown }) => [
    ...[what, `${statuses(known)} / ${statuses(unknown)}`],
    ...[ms(median(took(known))), ms(median(took(unknown)))],
    ...[ms(quantile(took(known), 0.95)), ms(quantile(took(unknown), 0.95))],
  ])
  const head = ['question', 'status', 'known median', 'unknown median', 'known p95', 'unknown p95']
  return { rows: [head, ...rows], fine: told.every(({ known, unknown }) => statuses(known) === statuses(unknown)) }
}
