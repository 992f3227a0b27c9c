import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mailingOf } from '../../src/composition.js'
import { introductionService, keepIntroductions } from '../../src/modules/introductions/index.js'
import type { NeedContent } from '../../src/modules/needs/index.js'
import type { ProviderProfile } from '../../src/modules/providers/index.js'
import { providerProfile } from '../../src/modules/providers/index.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { type Guest, newGuest } from '../support/guest.js'
import { guestNeeds, mailedPage, postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/**
 * Random acts by both sides, by the clock and by curators, through the real pages, beside a model of a few lines. After
 * every act everybody reads every page there is about it: contacts stand there for both sides after acceptance, and for
 * nobody else at any time.
 */

type State = 'open' | 'accepted' | 'declined' | 'withdrawn' | 'lapsed'
interface Entry {
  kind: 'request' | 'offer'
  firm: number
  state: State
  withCurators: boolean
}
interface Model {
  needOpen: boolean
  entries: Entry[]
}
interface World {
  owner: ReturnType<typeof ownerOf>
  guest: Guest
  key: string
  needId: string
  slug: string
}

const FIRMS = [0, 1, 2, 3] as const
const firmSecret = (firm: number) => ({
  email: `nguoi.${firm}@hang.example`,
  phone: `0987 654 00${firm}`,
  name: `Người Hãng ${firm}`,
})
/** Each need has an owner of its own, since a firm goes on seeing those it was introduced to before. */
const ownerOf = (world: number) => ({
  email: `bi.mat.${100 + world}@can.example`,
  name: `Người Cần ${100 + world}`,
  phone: `0912 345 ${100 + world}`,
})
let worlds = 0
let linesRead = 0

/** What the runs came to, so that a test that never gets anywhere is seen. */
const seen = { requests: 0, offers: 0, handedOver: 0, reminded: 0, closed: 0, steps: 0 }
const START = new Date('2026-11-24T03:00:00Z').getTime()
let now = new Date(START)
let product: TestProduct
let providers: { id: string; slug: string }[]
let people: { members: TestPerson[]; viewer: TestPerson; curator: TestPerson; stranger: TestPerson }
let members: Guest[]
let viewer: Guest
let curator: Guest
let stranger: Guest
const visitor = () => newGuest(product.url)

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
  providers = []
  const firmPeople: TestPerson[] = []
  for (const firm of FIRMS) {
    const { email, phone, name } = firmSecret(firm)
    const published = providerProfile.parse({
      ...{ name: { vi: `Hãng ${firm}` }, park: { status: 'resident' }, description: { vi: 'Dán tem truy xuất.' } },
      services: [{ service: 'traceability' }],
      contacts: { phone: { value: phone, visibility: 'introduced' } },
    })
    const [record] = await product.core.change<ProviderProfile>({
      ...{ parkId: product.core.park().id, type: 'provider', by: 'system:test', why: 'for a test' },
      edits: [{ slugFrom: `Hãng ${firm}`, source: 'test', set: { published } }],
    })
    if (!record) throw new Error('no firm')
    providers.push(record)
    const membership = { type: 'provider', organisation: record.id } as const
    firmPeople.push(await addPerson(product, { email, name, memberships: [{ ...membership, role: 'editor' }] }))
  }
  const inFirst = { type: 'provider', organisation: providers[0]?.id ?? '', role: 'viewer' } as const
  people = {
    members: firmPeople,
    viewer: await addPerson(product, { memberships: [inFirst] }),
    curator: await addPerson(product, { staff: 'curator' }),
    stranger: await addPerson(product),
  }
}, 300_000)

/** Signs everybody in anew: after some days nobody of the staff is signed in any more, and after some weeks nobody at all. */
async function signInAll() {
  members = []
  for (const person of people.members) members.push(await signedIn(product, person))
  viewer = await signedIn(product, people.viewer)
  curator = await signedIn(product, people.curator)
  stranger = await signedIn(product, people.stranger)
}

afterAll(() => product.close())

/** A guest's need that curators have published. */
async function newWorld(): Promise<World> {
  // Each begins in the same week, far from the long holidays, in which days for an answer do not count.
  now = new Date(START + worlds * 60_000)
  await signInAll()
  const guest = newGuest(product.url)
  const owner = ownerOf(worlds++)
  const { location } = await postNeed(guest, {}, { email: owner.email, name: owner.name })
  const key = (await mailedPage(product, location)).replace('/my-need/', '')
  const all = await guestNeeds(product)
  const need = all
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.status === 'submitted' ? -1 : 1))
    .find(({ status }) => status === 'submitted')
  if (!need?.working) throw new Error('no need')
  const [published] = await product.core.change<NeedContent>({
    ...{ parkId: product.core.park().id, type: 'need', by: 'system:test', why: 'for a test' },
    edits: [{ id: need.id, set: { published: need.working, working: null, status: 'published' } }],
  })
  return { owner, guest, key, needId: need.id, slug: published?.slug ?? '' }
}

const rowsOf = (world: World) => product.core.introductions.ofNeed(world.needId)

/** The page's token, then the form; a form that is not there is sent all the same, as somebody might. */
async function send(who: Guest, page: string, fields: Record<string, string>, to = page) {
  await who.get(page)
  const answer = await who.post(to, fields)
  expect(answer.status, answer.text).toBeLessThan(500)
  return answer
}

const latest = (model: Model, firm: number) => model.entries.findLast((entry) => entry.firm === firm)
const isLive = ({ state }: Entry) => state === 'open' || state === 'accepted'
const answersAs = (kind: Entry['kind']) => (kind === 'request' ? 'firm' : 'need')

const pageOf = async (world: World, firm: number, side: 'need' | 'firm') => {
  const rows = (await rowsOf(world)).filter(({ provider }) => provider === providers[firm]?.id)
  const id = rows.at(-1)?._id ?? 'none'
  return side === 'firm' ? `/introductions/${id}` : `/my-need/${world.key}/introductions/${id}`
}

abstract class Step implements fc.AsyncCommand<Model, World> {
  constructor(readonly firm: number) {}
  check() {
    return true
  }
  async run(model: Model, world: World) {
    // No two begin at one instant, so that their order is known.
    now = new Date(now.getTime() + 1_000)
    await this.act(model, world)
    await agree(model, world)
  }
  toString() {
    return `${this.constructor.name}(${this.firm})`
  }
  abstract act(model: Model, world: World): Promise<void>
}

/** One more introduction, where the model has room for it. */
function begin(model: Model, kind: Entry['kind'], firm: number, most: number) {
  const same = model.entries.filter((entry) => entry.kind === kind)
  const before = same.filter((entry) => entry.firm === firm)
  const there = model.entries.some((entry) => entry.firm === firm && isLive(entry))
  const room = same.filter(isLive).length < most && before.length < 3 && same.length < 12
  if (model.needOpen && !there && room && !before.some(({ state }) => state === 'declined'))
    model.entries.push({ kind, firm, state: 'open', withCurators: false })
}

class Ask extends Step {
  async act(model: Model, { owner, guest, key }: World) {
    await send(guest, `/my-need/${key}/firms/${providers[this.firm]?.slug}`, { consent: 'on', phone: owner.phone })
    begin(model, 'request', this.firm, 3)
  }
}
class Offer extends Step {
  async act(model: Model, { slug }: World) {
    const member = members[this.firm] as Guest
    await send(member, `/needs/${slug}/offer`, { consent: 'on', provider: providers[this.firm]?.id ?? '' })
    begin(model, 'offer', this.firm, 3)
  }
}
/** An answer to one that is open, where there is one: from the side that is asked, or, `wrong`, from the other. */
class Answer extends Step {
  constructor(
    firm: number,
    readonly yes: boolean,
    readonly wrong: boolean,
  ) {
    super(firm)
  }
  async act(model: Model, world: World) {
    const open = model.entries.filter(({ state }) => state === 'open')
    const entry = open[this.firm % Math.max(open.length, 1)] ?? latest(model, this.firm)
    const at = entry?.firm ?? this.firm
    const answering = answersAs(entry?.kind ?? 'request')
    const side = this.wrong ? (answering === 'firm' ? 'need' : 'firm') : answering
    const who = side === 'firm' ? (members[at] as Guest) : world.guest
    const fields = this.yes
      ? { act: 'accept', consent: 'on', phone: world.owner.phone }
      : { act: 'decline', reason: 'other' }
    await send(who, await pageOf(world, at, side), fields)
    if (entry?.state !== 'open' || this.wrong) return
    settle(entry, this.yes ? 'accepted' : 'declined')
    if (this.yes) seen[`${entry.kind}s`]++
  }
}
class Withdraw extends Step {
  constructor(
    firm: number,
    readonly side: 'need' | 'firm',
  ) {
    super(firm)
  }
  async act(model: Model, world: World) {
    const who = this.side === 'firm' ? (members[this.firm] as Guest) : world.guest
    await send(who, await pageOf(world, this.firm, this.side), { act: 'withdraw' })
    const entry = latest(model, this.firm)
    if (entry?.state === 'open' && answersAs(entry.kind) !== this.side) settle(entry, 'withdrawn')
  }
}
/** Somebody with no business there tries to say yes. */
class Intrude extends Step {
  async act(_model: Model, world: World) {
    const page = await pageOf(world, this.firm, 'firm')
    for (const who of [
      stranger,
      curator,
      visitor(),
      members[(this.firm + 1) % 4] as Guest,
      ...(this.firm === 0 ? [viewer] : []),
    ])
      expect([303, 403, 404]).toContain((await send(who, '/needs', { act: 'accept', consent: 'on' }, page)).status)
  }
}
class Wait extends Step {
  async act(model: Model) {
    now = new Date(now.getTime() + 8 * 86_400_000)
    const introducing = introductionService({ ...product.core, ...mailingOf(product.core, () => {}) })
    const job = () => keepIntroductions({ ...product.core, introducing }, product.core.park())
    // Two instances at once.
    await Promise.all([job(), job()])
    for (const entry of model.entries) {
      if (entry.state !== 'open') continue
      if (!entry.withCurators) seen.handedOver++
      entry.withCurators = true
    }
    await signInAll()
  }
}
/** A curator sees to one that has been handed over, where there is one. */
class Settle extends Step {
  constructor(
    firm: number,
    readonly close: boolean,
  ) {
    super(firm)
  }
  async act(model: Model, world: World) {
    const waiting = model.entries.filter(({ withCurators }) => withCurators)
    const entry = waiting[this.firm % Math.max(waiting.length, 1)] ?? latest(model, this.firm)
    const page = await pageOf(world, entry?.firm ?? this.firm, 'firm')
    await send(curator, page, { act: this.close ? 'close' : 'remind' })
    if (entry?.state !== 'open' || !entry.withCurators) return
    seen[this.close ? 'closed' : 'reminded']++
    if (this.close) settle(entry, 'lapsed')
    else entry.withCurators = false
  }
}
class End extends Step {
  async act(model: Model, { guest, key }: World) {
    await send(guest, `/my-need/${key}`, {}, `/my-need/${key}/withdraw`)
    model.needOpen = false
    for (const entry of model.entries) if (entry.state === 'open') settle(entry, 'lapsed')
  }
}

function settle(entry: Entry, state: State) {
  entry.state = state
  entry.withCurators = false
}

/** The product stands as the model does, and shows contacts to whom they are open and to nobody else. */
async function agree(model: Model, world: World) {
  const rows = await rowsOf(world)
  const told = rows.map(({ kind, provider, state, withCuratorsAt }) => ({
    ...{ kind, firm: providers.findIndex(({ id }) => id === provider), state, withCurators: withCuratorsAt !== null },
  }))
  expect(told).toEqual(model.entries)
  seen.steps++
  const accepted = new Set(model.entries.filter(({ state }) => state === 'accepted').map(({ firm }) => firm))

  const own = await read(world.guest, [
    `/my-need/${world.key}`,
    ...rows.map(({ _id }) => `/my-need/${world.key}/introductions/${_id}`),
  ])
  for (const firm of FIRMS) {
    const { email, phone, name } = firmSecret(firm)
    for (const secret of [email, phone, name])
      expect(own.includes(secret), `the owner reads ${secret}`).toBe(accepted.has(firm))
  }
  const pages = rows.map(({ _id }) => `/introductions/${_id}`)
  for (const firm of FIRMS) {
    const text = await read(members[firm] as Guest, [
      `/organisations/${providers[firm]?.id}/introductions`,
      ...pages,
      `/needs/${world.slug}`,
    ])
    for (const secret of Object.values(world.owner))
      expect(text.includes(secret), `firm ${firm} reads ${secret}`).toBe(accepted.has(firm))
  }
  const open = [
    `/needs/${world.slug}`,
    ...providers.map(({ slug }) => `/providers/${slug}`),
    ...providers.map(({ slug }) => `/api/v1/providers/${slug}`),
    `/api/v1/needs/${world.slug}`,
    '/admin',
  ]
  for (const who of [stranger, curator, visitor()]) {
    const text = await read(who, [
      ...open,
      ...pages,
      ...providers.map(({ id }) => `/organisations/${id}/introductions`),
    ])
    for (const secret of [...Object.values(world.owner), ...FIRMS.flatMap((firm) => Object.values(firmSecret(firm)))])
      expect(text).not.toContain(secret)
  }
  const mails = await product.core.db.collection('mails').find({}).toArray()
  for (const { subject, text } of mails as unknown as { subject: string; text: string }[])
    for (const secret of [...Object.values(world.owner), ...FIRMS.flatMap((firm) => Object.values(firmSecret(firm)))])
      expect(subject + text).not.toContain(secret)
  const logged = product.logged().slice(linesRead)
  linesRead += logged.length
  const written = logged.join('')
  for (const secret of [...Object.values(world.owner), ...FIRMS.flatMap((firm) => Object.values(firmSecret(firm)))])
    expect(written).not.toContain(secret)
}

async function read(who: Guest, paths: string[]): Promise<string> {
  const answers = await Promise.all(paths.map((path) => who.get(path)))
  for (const { status, text } of answers) expect(status, text).toBeLessThan(500)
  return answers.map(({ text }) => text).join('\n')
}

const firm = fc.integer({ min: 0, max: 3 })
const side = fc.constantFrom('need' as const, 'firm' as const)
const steps = [
  firm.map((f) => new Ask(f)),
  firm.map((f) => new Offer(f)),
  fc.tuple(firm, fc.boolean(), fc.boolean()).map(([f, yes, wrong]) => new Answer(f, yes, wrong)),
  firm.map((f) => new Answer(f, true, false)),
  fc.tuple(firm, side).map(([f, s]) => new Withdraw(f, s)),
  firm.map((f) => new Intrude(f)),
  fc.constant(new Wait(0)),
  fc.tuple(firm, fc.boolean()).map(([f, close]) => new Settle(f, close)),
  // More of what gets somewhere.
  firm.map((f) => new Ask(f)),
  firm.map((f) => new Ask(f)),
  firm.map((f) => new Offer(f)),
  fc.constant(new Wait(1)),
  firm.map((f) => new Settle(f, true)),
]

// The same every time; another seed and more runs look further.
const SEED = Number(process.env.INTRODUCTION_SEED ?? 20261124)
const RUNS = Number(process.env.INTRODUCTION_RUNS ?? 2)

it(
  'whatever both sides, the clock and curators do, contacts are read by both sides after acceptance and by nobody else',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands([...steps, fc.constant(new End(0))], { maxCommands: RUNS > 3 ? 28 : 16, size: 'max' }),
        async (commands) => {
          await fc.asyncModelRun(async () => {
            const model: Model = { needOpen: true, entries: [] }
            const real = await newWorld()
            return { model, real }
          }, commands)
        },
      ),
      { numRuns: RUNS, endOnFailure: true, seed: SEED },
    )
    expect(product.faults()).toEqual([])
    if (RUNS > 3) console.info(`${RUNS} runs:`, JSON.stringify({ ...seen, logLines: linesRead }))
    // Few runs cannot come to everything.
    const counts = RUNS > 3 ? Object.values(seen) : [seen.steps, seen.requests + seen.offers + seen.handedOver]
    expect(Math.min(...counts, linesRead), JSON.stringify(seen)).toBeGreaterThan(0)
  },
  60_000 * Math.max(RUNS, 5),
)
