import { times } from '../search/asking.js'
import { addressOf, newVisitor, type Visitor } from '../visitor.js'

/** Milliseconds of each to the last byte, one after another. */
export interface OverHttp {
  page: number[]
  api: number[]
  /** Needs for a firm: the first time it is asked for since the start, and again. */
  firmFirst: number
  firm: number[]
}

const WARMING = 20
const FIRM_TIMES = 60

/** Asks the pages and the API of the matcher as a visitor, and the needs of his firm as one of its people. */
export async function measureOverHttp(
  url: string,
  texts: readonly string[],
  firm: { email: string; password: string },
): Promise<OverHttp> {
  let asked = 0
  const page = async (text: string) => {
    const { status } = await newVisitor(url, addressOf(asked++)).get(`/match?text=${encodeURIComponent(text)}`)
    mustBe(200, status)
  }
  const api = async (text: string) => {
    const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': addressOf(asked++) }
    const answer = await fetch(`${url}/api/v1/match`, { method: 'POST', headers, body: JSON.stringify({ text }) })
    await answer.text()
    mustBe(200, answer.status)
  }
  const middle = Math.floor((texts.length - WARMING) / 2) + WARMING
  await times(texts.slice(0, WARMING), page)
  const pages = await times(texts.slice(WARMING, middle), page)
  const apis = await times(texts.slice(middle), api)
  const [visitor, needs] = await signIn(url, firm)
  const ask = async () => mustBe(200, (await visitor.get(needs)).status)
  const [firmFirst = Number.NaN] = await times([0], ask)
  return { page: pages, api: apis, firmFirst, firm: await times(Array.from({ length: FIRM_TIMES }), ask) }
}

/** Somebody of a firm, and the page of needs for it. */
async function signIn(
  url: string,
  { email, password }: { email: string; password: string },
): Promise<[Visitor, string]> {
  const visitor = newVisitor(url, addressOf(90_000))
  await visitor.get('/sign-in')
  mustBe(303, (await visitor.post('/sign-in', { email, password })).status)
  const { text } = await visitor.get('/organisations')
  const [path] = /\/organisations\/[\w-]+(?=")/.exec(text) ?? []
  return [visitor, `${path}/matches`]
}

function mustBe(expected: number, status: number): void {
  if (status !== expected) throw new Error(`answered with ${status} instead of ${expected}`)
}
