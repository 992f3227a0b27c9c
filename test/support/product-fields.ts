import type { FieldAnswer, FuzzedField } from './fuzzing.js'
import { type Guest, newGuest } from './guest.js'

/** Every field that the product takes from people and from programs, each ready to be sent any value. */

const STORY = 'Tiệm tạp hóa nhỏ, cuối ngày cộng sổ hay lệch, muốn bấm máy cho nhanh'
const TEXT = 'cần phần mềm kế toán'

/** Through most fields goes a sample, since the whole takes minutes; each field's own, so that together they see every value. */
const SPARSE = Number(process.env.NAUGHTY_EVERY ?? 100)

/** Every sixth goes through the matcher, which takes longest; the list's box for free text gets all. */
const MATCHED = Math.min(6, SPARSE)

const LISTS = {
  providers: ['q', 'literal', 'page', 'service', 'sector', 'ward', 'status', 'size', 'language', 'sort'],
  businesses: ['q', 'literal', 'page', 'sector', 'ward', 'size', 'kind', 'sort'],
  needs: ['q', 'literal', 'page', 'service', 'sector', 'ward', 'state', 'sort'],
}

const OTHER_PAGES = {
  match: ['text', 'drop', 'add', 'ward', 'all'],
  'needs/new': ['text', 'sector'],
  demand: ['anything'],
  about: ['anything'],
}

/** Fields of pages: search boxes, filters and whatever else stands in an address. */
export function pageFields(url: string): FuzzedField[] {
  const get = async (path: string, headers: Record<string, string> = {}) =>
    read(await fetch(url + path, { redirect: 'manual', headers }))
  const often = new Map([
    ['providers q', 1],
    ['match text', MATCHED],
  ])
  const inQuery = (page: string, field: string, also = ''): FuzzedField => ({
    name: `page ${page} ${field}`,
    every: often.get(`${page} ${field}`) ?? SPARSE,
    // A page never finds fault with its address, but for a text too long to be matched.
    reached: [200],
    send: (value) => get(`/${page}?${field}=${encoded(value)}${also}`),
  })
  return [
    ...Object.entries(LISTS).flatMap(([page, fields]) => fields.map((field) => inQuery(page, field))),
    ...Object.entries(OTHER_PAGES).flatMap(([page, fields]) =>
      fields.map((field) => inQuery(page, field, page === 'match' && field !== 'text' ? `&text=${encoded(TEXT)}` : '')),
    ),
    {
      ...inQuery('en/providers', 'q'),
      send: (value) => get(`/en/providers?q=${encoded(value)}`, { 'HX-Request': 'true' }),
    },
    ...['providers', 'businesses', 'needs', 'my-need', 'needs/new'].map((page) => ({
      name: `page ${page} in its path`,
      every: SPARSE,
      // An empty name is the list itself; a dot is taken out by whoever asks.
      reached: [200, 400, 404],
      send: (value: string) => get(`/${page}/${encoded(value)}`),
    })),
  ]
}

const DETAILS = ['services', 'sector', 'ward', 'budget', 'deadline', 'onSite', 'outcome', 'tools', 'mustHaves', 'text']
const CONTACT = ['title', 'email', 'name', 'consent', 'text']
const RIGHT_CONTACT = { title: 'Cần bấm máy cho nhanh', email: 'chi.bay@tiem.example', consent: 'on' }

/** Fields of the form in which a guest states a need, with a token that fits. */
export async function formFields(url: string): Promise<FuzzedField[]> {
  const guest = newGuest(url)
  const draft = await begin(guest)
  await guest.post(`${draft}/details`, {})
  const send = async (path: string, fields: Record<string, string>) => fromForm(await guest.post(path, fields))
  return [
    { name: 'form problem problem', own: 'problem', send: (value) => send(`${draft}/problem`, { problem: value }) },
    {
      name: 'form problem sector',
      own: 'sector',
      every: SPARSE,
      send: (value) => send(`${draft}/problem`, { problem: STORY, sector: value }),
    },
    ...DETAILS.map((field) => ({
      name: `form details ${field}`,
      own: field,
      every: SPARSE,
      send: (value: string) => send(`${draft}/details`, { [field]: value }),
    })),
    // Sent without the consent, so that the draft lives on; a value is then refused for that alone.
    ...CONTACT.map((field) => ({
      name: `form contact ${field}`,
      own: field === 'consent' ? field : 'consent',
      every: SPARSE,
      send: (value: string) => send(`${draft}/contact`, { ...RIGHT_CONTACT, consent: '', [field]: value }),
    })),
    {
      name: 'form withdraw key',
      every: SPARSE,
      reached: [400, 404],
      send: (value) => send(`/my-need/${encoded(value)}/withdraw`, {}),
    },
    { name: 'form whole need, then its page', every: SPARSE, reached: [200], send: (value) => wholeNeed(url, value) },
  ]
}

/** Posts a need that says the value wherever it can, as a new guest, and opens its page. */
async function wholeNeed(url: string, value: string): Promise<FieldAnswer> {
  const guest = newGuest(url)
  const draft = await begin(guest, `${STORY}. ${value}`)
  await guest.post(`${draft}/details`, { outcome: value, tools: value, mustHaves: value.slice(0, 200) })
  const review = await guest.get(`${draft}/contact`)
  const sent = await guest.post(`${draft}/contact`, {
    ...RIGHT_CONTACT,
    title: `Nhu cầu ${value}`.slice(0, 140),
    name: value.slice(0, 100),
  })
  const page = await guest.get(sent.location)
  return { ...fromForm(page), text: page.text + review.text }
}

async function begin(guest: Guest, problem = STORY): Promise<string> {
  await guest.get('/needs/new')
  const { location } = await guest.post('/needs/new', { problem })
  return location.replace(/\/details$/, '')
}

const API_LISTS = {
  providers: ['q', 'limit', 'offset', 'sort', 'service', 'sector', 'ward', 'status', 'size', 'language'],
  businesses: ['q', 'limit', 'offset', 'sort', 'sector', 'ward', 'size', 'kind'],
  needs: ['q', 'limit', 'offset', 'sort', 'service', 'sector', 'ward', 'size', 'state'],
}

/** Parameters and body fields of the API. */
export function apiFields(url: string): FuzzedField[] {
  const get = async (path: string) => read(await fetch(`${url}/api/v1${path}`, { redirect: 'manual' }))
  const match = async (body: object) =>
    read(
      await fetch(`${url}/api/v1/match`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const inBody = (field: string, body: (value: string) => object): FuzzedField => ({
    name: `api match ${field}`,
    own: field,
    every: field === 'text' ? MATCHED : SPARSE,
    send: (value) => match(body(value)),
  })
  return [
    ...Object.entries(API_LISTS).flatMap(([list, fields]) =>
      fields.map((field) => ({
        name: `api ${list} ${field}`,
        own: field,
        every: SPARSE,
        send: (value: string) => get(`/${list}?${field}=${encoded(value)}`),
      })),
    ),
    ...Object.keys(API_LISTS).map((list) => ({
      name: `api ${list} in its path`,
      every: SPARSE,
      reached: [200, 400, 404],
      send: (value: string) => get(`/${list}/${encoded(value)}`),
    })),
    inBody('text', (text) => ({ text, limit: 3 })),
    inBody('sector', (sector) => ({ text: TEXT, sector })),
    inBody('ward', (ward) => ({ text: TEXT, ward })),
    inBody('limit', (limit) => ({ text: TEXT, limit })),
    inBody('budget', (min) => ({ text: TEXT, budget: { min } })),
    {
      name: 'api match unknown key',
      every: SPARSE,
      send: async (value) => ({
        ...(await match({ text: TEXT, [`${value}!`]: value })),
        wrong: ['api match unknown key'],
      }),
    },
  ]
}

/** A value for an address; what cannot stand there, a lone half of a character, becomes its replacement. */
export const encoded = (value: string) => encodeURIComponent(value.replace(/\p{Cs}/gu, '\ufffd'))

async function read(response: Response): Promise<FieldAnswer> {
  const text = await response.text()
  const type = (response.headers.get('Content-Type') ?? '').split(';')[0] ?? ''
  const problem = type.endsWith('json') ? (JSON.parse(text) as { errors?: { field: string }[] }) : {}
  return {
    status: response.status,
    type,
    text,
    location: response.headers.get('Location') ?? '',
    wrong: (problem.errors ?? []).map(({ field }) => field),
  }
}

const fromForm = ({ status, text, location, headers }: Awaited<ReturnType<Guest['get']>>): FieldAnswer => ({
  status,
  type: (headers['content-type'] ?? '').split(';')[0] ?? '',
  text,
  location,
  wrong: Array.from(
    text.matchAll(/id="f-([a-zA-Z]+)-error"|<li><a href="#main">(\w+)<\/a>/g),
    ([, id, name]) => id ?? name ?? '',
  ),
})
