import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { alertingOf } from '../../src/alerting.js'
import { mailingOf } from '../../src/composition.js'
import { DAY_MS } from '../../src/kernel/retention.js'
import type { WatchRow } from '../../src/modules/alerts/alerts.model.js'
import { digestService } from '../../src/modules/alerts/index.js'
import type { ProviderProfile } from '../../src/modules/providers/index.js'
import type { Edit, StoredRecord } from '../../src/platform/records/record.types.js'
import { addPerson, signedIn, type TestPerson } from './accounts.js'
import { type Guest, newGuest } from './guest.js'
import { addProvider } from './listings.js'
import { linkTo } from './mails.js'
import { startTestProduct, type TestProduct } from './product.js'

/** Half past seven in the morning in Vietnam. */
export const START = Date.parse('2026-11-24T00:30:00Z')

/** A need, and a firm that does it. */
export const ACCOUNTING = 'can phan mem ke toan cho cua hang'
export const ACCOUNTING_FIRM = {
  tagline: { vi: 'Phần mềm kế toán cho hộ kinh doanh' },
  services: [{ service: 'accounting' }],
}

/** A product of the file's own in which people are told of what is new: its firms, people and mails, and a clock that can be moved on. Each test begins without firms, alerts and mails. */
export function alertingProduct() {
  let started: TestProduct
  const product = () => started
  let now = new Date(START)
  let firms = 0
  let clients = 0
  // Each look is later than the one before, so that the newest of two mails can be told.
  const clock = () => {
    now = new Date(now.getTime() + 1)
    return now
  }
  /** Sets the clock. Milliseconds. */
  const set = (time: number) => {
    now = new Date(time)
  }
  const pass = (ms: number) => set(now.getTime() + ms)

  beforeAll(async () => {
    started = await startTestProduct({ unlimited: true, clock, env: { TRUST_PROXY: 'on' } })
  })
  afterAll(async () => {
    expect(started.faults()).toEqual([])
    await started.close()
  })
  beforeEach(async () => {
    for (const name of ['watches', 'told', 'mails']) await started.core.db.collection(name).deleteMany({})
    const edits: { id: string; set: { archivedAt: Date } }[] = []
    for await (const { id } of started.core.records.each('provider')) edits.push({ id, set: { archivedAt: now } })
    await change(edits)
  })

  const addFirm = (profile: Parameters<typeof addProvider>[1] = ACCOUNTING_FIRM) =>
    addProvider(product(), { name: { vi: `Công ty Sổ Sách ${++firms}` }, ...profile })

  async function change(edits: Edit<ProviderProfile>[]) {
    await product().core.change<ProviderProfile>({
      parkId: product().core.park().id,
      type: 'provider',
      by: 'system:test',
      why: 'test',
      edits,
    })
    await product().core.indexing.caughtUp()
  }
  const archive = (id: string) => change([{ id, set: { archivedAt: now } }])
  const rewrite = (firm: StoredRecord<ProviderProfile>, profile: Partial<ProviderProfile>) =>
    change([{ id: firm.id, set: { published: { ...(firm.published as ProviderProfile), ...profile } } }])

  /** The job as an instance runs it; each has one of its own. */
  function instance() {
    const { core } = product()
    const alerting = alertingOf(
      core,
      mailingOf(core, () => {}),
    )
    return digestService({ ...alerting, caughtUp: core.indexing.caughtUp })
  }
  const runJob = () => instance().run(product().core.park())

  const nextMorning = () => pass(DAY_MS)

  const rows = () => product().core.db.collection<WatchRow>('watches').find({}).sort({ createdAt: 1 }).toArray()
  const digests = async (to: string) => {
    const all = await product().core.db.collection('mails').find({ to, kind: 'event' }).sort({ createdAt: 1 }).toArray()
    return all.map(({ subject, text, unsubscribe }) => ({
      ...{ subject: String(subject), text: String(text), unsubscribe: String(unsubscribe) },
    }))
  }

  /** From the page of the matcher, as a reader goes. */
  async function askFrom(browser: Guest, text: string, fields: Record<string, string> = {}, prefix = '') {
    const page = await browser.get(`${prefix}/match?text=${encodeURIComponent(text)}`)
    const link = new RegExp(`href="(${prefix}/alerts/new[^"]*)"`).exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    return browser.submit(await browser.get(link.replaceAll('&#x3D;', '=')), fields)
  }

  /** A browser at an address of its own. */
  const someone = () => newGuest(product().url, { 'X-Forwarded-For': `203.0.113.${++clients}` })

  async function confirmedGuest(email: string, text = ACCOUNTING, prefix = '') {
    const browser = someone()
    expect((await askFrom(browser, text, { email }, prefix)).status).toBe(303)
    const link = await linkTo(product(), email, `${prefix}/alerts/confirmation/`)
    const pressed = await browser.submit(await browser.get(link))
    expect(pressed.status).toBe(200)
    return browser
  }

  async function person(options: Parameters<typeof addPerson>[1] = {}): Promise<{ who: TestPerson; browser: Guest }> {
    const who = await addPerson(product(), options)
    return { who, browser: await signedIn(product(), who) }
  }

  return {
    ...{ product, now: () => now, set, pass, nextMorning },
    ...{ addFirm, change, archive, rewrite, instance, runJob, rows, digests },
    ...{ askFrom, someone, confirmedGuest, person },
  }
}
