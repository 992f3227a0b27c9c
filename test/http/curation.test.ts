import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NeedContent } from '../../src/modules/needs/index.js'
import { queueNeeds } from '../../src/modules/needs/index.js'
import { type ProviderProfile, providerProfile } from '../../src/modules/providers/index.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { type Guest, newGuest } from '../support/guest.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { guestNeeds, postNeed, STORY } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** What waits for the park's curators, and what their decisions lead to. */

let product: TestProduct
let curator: Guest
let colleague: Guest
let sixth: TestPerson
let posted = 0

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  sixth = await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' })
  curator = await signedIn(product, sixth)
  colleague = await signedIn(product, await addPerson(product, { staff: 'curator', name: 'Trần Văn Tư' }))
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

/** A need that a guest has just sent: its page, its case, and its record as it stands when asked for. */
async function sentNeed() {
  posted++
  const guest = newGuest(product.url)
  const email = `khach${posted}@tiem.example`
  const sent = await postNeed(guest, {}, { title: `Dán tem truy xuất ${posted}`, email })
  const record = async () => {
    const needs = await guestNeeds(product)
    const found = needs.find(
      ({ working, published }) => (working ?? published)?.title.vi === `Dán tem truy xuất ${posted}`,
    )
    if (!found) throw new Error('the need is gone')
    return found
  }
  const need = await record()
  const entry = await product.core.cases.latest(need.id, ['need'])
  return { guest, email, need, page: sent.location, casePath: `/admin/cases/${entry?._id}` }
}

const needById = async (id: string) => {
  const need = await product.core.records.byId<NeedContent>('need', id)
  if (!need) throw new Error('the need is gone')
  return need
}

/** The mails of one address, newest last. */
async function mailsTo(to: string) {
  const rows = await product.core.db.collection('mails').find({ to }).sort({ createdAt: 1 }).toArray()
  return rows.map(({ subject, text }) => ({ subject: String(subject), text: String(text) }))
}

/** Sends one of the page's forms: the token and the version come from the page, as in a browser. */
async function decide(who: Guest, casePath: string, fields: Record<string, string>) {
  const page = await who.get(casePath)
  const version = /name="version" value="(\d+)"/.exec(page.text)?.[1]
  return who.post(casePath, { ...(version && { version }), ...fields })
}

const approve = { action: 'approve' }
const sendBack = { action: 'send-back', note: 'Anh chị ghi thêm giúp số vườn.' }

describe('a need that was sent', () => {
  test('waits in the queue with its kind, and shows what was written but not how its owner is reached', async () => {
    const { casePath, email, need } = await sentNeed()
    const queue = await curator.get('/admin')
    expect(linksIn(mainOf(queue.text)).map(({ href }) => href)).toContain(casePath)
    const page = textOf(mainOf((await curator.get(casePath)).text))
    expect(page).toContain(STORY)
    expect(page).toContain(need.working?.title.vi)
    expect(page).not.toContain(email)
  })

  test('is public once a curator approves it, and its owner is told', async () => {
    const { casePath, email, need, guest, page } = await sentNeed()
    expect((await newGuest(product.url).get(`/needs/${need.slug}`)).status).toBe(404)
    expect((await decide(curator, casePath, approve)).status).toBe(303)
    expect(await needById(need.id)).toMatchObject({ status: 'published', working: null })
    expect((await newGuest(product.url).get(`/needs/${need.slug}`)).status).toBe(200)
    expect((await mailsTo(email)).at(-1)?.text).toContain(`/needs/${need.slug}`)
    expect((await guest.get(page)).text).toContain(`/needs/${need.slug}`)
  })

  test('stays unpublished when it is sent back, and its owner reads why by mail and on his page', async () => {
    const { casePath, email, need, guest, page } = await sentNeed()
    expect((await decide(curator, casePath, sendBack)).status).toBe(303)
    expect(await needById(need.id)).toMatchObject({ status: 'draft', published: null })
    expect((await mailsTo(email)).at(-1)?.text).toContain(sendBack.note)
    expect(textOf((await guest.get(page)).text)).toContain(sendBack.note)
  })

  test('cannot be sent back without a word', async () => {
    const { casePath, need } = await sentNeed()
    const answer = await decide(curator, casePath, { action: 'send-back', note: '  ' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('href="#f-note"')
    expect(await needById(need.id)).toMatchObject({ status: 'submitted' })
  })

  test('no longer waits when its owner withdraws it', async () => {
    const { casePath, guest, page, need } = await sentNeed()
    await guest.get(page)
    await guest.post(`${page}/withdraw`, {})
    expect((await decide(curator, casePath, approve)).status).toBe(409)
    expect(await needById(need.id)).toMatchObject({ status: 'closed', published: null })
    expect((await curator.get('/admin')).text).not.toContain(casePath)
  })

  test('is put into the queue even when nobody did so as it was sent', async () => {
    const { need } = await sentNeed()
    await product.core.db.collection('cases').deleteMany({ recordId: need.id })
    expect(await queueNeeds(product.core, product.core.park())).toBe(1)
    expect(await queueNeeds(product.core, product.core.park())).toBe(0)
    expect(await product.core.cases.latest(need.id, ['need'])).toMatchObject({ state: 'open', personId: need.ownerId })
  })
})

describe('two curators at once', () => {
  test('decide it once: the second is told what was decided and by whom', async () => {
    const { casePath, need, email } = await sentNeed()
    const before = (await mailsTo(email)).length
    const answers = await Promise.all([decide(curator, casePath, approve), decide(colleague, casePath, approve)])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await needById(need.id)).toMatchObject({ status: 'published', version: need.version + 1 })
    expect(await mailsTo(email)).toHaveLength(before + 1)
    const late = answers.find(({ status }) => status === 409)
    expect(textOf(late?.text ?? '')).toMatch(/Đã duyệt ngày \d\d\/\d\d\/\d{4}, người duyệt: (Lê Thị Sáu|Trần Văn Tư)/)
    expect(mainOf(late?.text ?? '')).not.toContain('<form')
  })

  test('who looks at an older version is shown the newer one, and what he typed stays', async () => {
    const { casePath, need } = await sentNeed()
    await curator.get(casePath)
    const content = { ...(need.working as NeedContent), title: { vi: 'Viết lại cho rõ' } }
    const edits = [{ id: need.id, set: { working: content } }]
    await product.core.change<NeedContent>({ parkId: need.parkId, type: 'need', by: 'test', why: 'rewritten', edits })
    const answer = await curator.post(casePath, { ...sendBack, version: String(need.version) })
    expect(answer.status).toBe(409)
    expect(textOf(answer.text)).toContain('Viết lại cho rõ')
    expect(answer.text).toContain(sendBack.note)
    expect(answer.text).toContain(`name="version" value="${need.version + 1}"`)
    expect(await needById(need.id)).toMatchObject({ status: 'submitted' })
  })
})

describe('a listing', () => {
  const profile = (over: Partial<ProviderProfile>): ProviderProfile => ({
    ...providerProfile.parse({
      name: { vi: 'x' },
      description: { vi: 'Làm phần mềm cho trại cá' },
      park: { status: 'applying' },
    }),
    ...over,
  })

  async function sentListing(published: ProviderProfile | null, working: ProviderProfile) {
    const member = await addPerson(product)
    const { core } = product
    const parkId = core.park().id
    const [record] = await core.change<ProviderProfile>({
      ...{ parkId, type: 'provider', by: member.personId, why: 'test' },
      edits: [{ slugFrom: working.name.vi ?? '', source: 'member', set: { published, working } }],
      alongside: async (session, [firm]) => {
        if (!firm) return
        const membership = { type: 'provider', organisation: firm.id, role: 'owner' } as const
        await core.memberships.put({ parkId, personId: member.personId, ...membership }, session)
        const kind = published ? 'change' : 'new-listing'
        const what = { parkId, kind, type: 'provider', recordId: firm.id, subjectId: null } as const
        await core.cases.submit({ ...what, version: firm.version, personId: member.personId }, session)
      },
    })
    if (!record) throw new Error('no record')
    const entry = await core.cases.latest(record.id, ['change', 'new-listing'])
    return { member, record, casePath: `/admin/cases/${entry?._id}` }
  }

  const firmById = (id: string) => product.core.records.byId<ProviderProfile>('provider', id)

  test('that is new is public with its place in the park once it is approved', async () => {
    const { casePath, record, member } = await sentListing(null, profile({ name: { vi: 'Công ty Mầm Xanh' } }))
    const page = await curator.get(casePath)
    expect(textOf(page.text)).toContain('Công ty Mầm Xanh')
    const answer = await decide(curator, casePath, { ...approve, status: 'resident', zone: 'a', unit: 'A2-14' })
    expect(answer.status).toBe(303)
    const park = { status: 'resident', zone: 'a', unit: 'A2-14' }
    expect(await firmById(record.id)).toMatchObject({ working: null, published: { park } })
    expect((await newGuest(product.url).get(`/providers/${record.slug}`)).status).toBe(200)
    expect((await mailsTo(member.email)).at(-1)?.subject).toContain('Công ty Mầm Xanh')
  })

  test('that changes is shown field by field, and stays as it is until then', async () => {
    const old = profile({ name: { vi: 'Công ty Bờ Kinh' }, address: 'Bến cũ' })
    const { casePath, record } = await sentListing(old, { ...old, address: 'Bến mới' })
    const page = mainOf((await curator.get(casePath)).text)
    const rows = Array.from(page.matchAll(/<section class="field-change".*?(?=<details|<\/section>)/gs), ([row]) =>
      textOf(row),
    )
    expect(rows).toEqual(['Địa chỉ Đang đăng Bến Bỏ: cũ . Xin sửa thành Bến Thêm: mới .'])
    expect((await newGuest(product.url).get(`/providers/${record.slug}`)).text).toContain('Bến cũ')
    expect((await decide(curator, casePath, approve)).status).toBe(303)
    expect((await newGuest(product.url).get(`/providers/${record.slug}`)).text).toContain('Bến mới')
  })

  test('that is sent back keeps both versions, and the note is there for its people', async () => {
    const old = profile({ name: { vi: 'Công ty Rạch Gốc' } })
    const { casePath, record, member } = await sentListing(old, { ...old, address: 'Bến mới' })
    expect((await decide(curator, casePath, sendBack)).status).toBe(303)
    expect(await firmById(record.id)).toMatchObject({ working: { address: 'Bến mới' }, published: old })
    const latest = await product.core.cases.latest(record.id, ['change'])
    expect(latest).toMatchObject({ state: 'sent-back', note: sendBack.note, decidedBy: sixth.personId })
    expect((await mailsTo(member.email)).at(-1)?.text).toContain(sendBack.note)
  })

  test('that is sent back is corrected in its own pages and comes before the curators again', async () => {
    const old = profile({ name: { vi: 'Công ty Kinh Xáng' } })
    const { casePath, record, member } = await sentListing(old, { ...old, address: 'Bến mới' })
    await decide(curator, casePath, sendBack)
    const own = await signedIn(product, member)
    expect(textOf((await own.get(`/organisations/${record.id}`)).text)).toContain(sendBack.note)
    const part = await own.get(`/organisations/${record.id}/profile/basics`)
    expect((await own.submit(part, { address: 'Bến mới, số 12' })).status).toBe(303)
    const hub = await own.get(`/organisations/${record.id}/profile`)
    expect((await own.submit(hub, { act: 'send' })).status).toBe(303)
    const again = await product.core.cases.latest(record.id, ['change'])
    expect(again).toMatchObject({ state: 'open' })
    expect((await decide(curator, `/admin/cases/${again?._id}`, approve)).status).toBe(303)
    expect(await firmById(record.id)).toMatchObject({ working: null, published: { address: 'Bến mới, số 12' } })
  })

  test('with a zone that the park does not have is not approved', async () => {
    const { casePath, record } = await sentListing(null, profile({ name: { vi: 'Công ty Lung Cột' } }))
    expect((await decide(curator, casePath, { ...approve, status: 'resident', zone: 'moon' })).status).toBe(422)
    expect(await firmById(record.id)).toMatchObject({ published: null })
  })

  test('of a curator himself is decided by somebody else', async () => {
    const { casePath, record } = await sentListing(null, profile({ name: { vi: 'Công ty Nhà Mình' } }))
    const membership = { type: 'provider', organisation: record.id, role: 'viewer' } as const
    await inTransaction(product.core.db, (session) =>
      product.core.memberships.put({ parkId: record.parkId, personId: sixth.personId, ...membership }, session),
    )
    expect(mainOf((await curator.get(casePath)).text)).not.toContain('name="action"')
    expect((await decide(curator, casePath, approve)).status).toBe(403)
    expect((await decide(colleague, casePath, approve)).status).toBe(303)
  })
})

test('an introduction that is no more is taken off the list, and nobody is told', async () => {
  const { need } = await sentNeed()
  const { core } = product
  const about = { kind: 'introduction', type: 'need', recordId: need.id, subjectId: 'gone' } as const
  const id = await inTransaction(core.db, (session) =>
    core.cases.submit({ parkId: need.parkId, ...about, version: null, personId: null }, session),
  )
  expect((await decide(curator, `/admin/cases/${id}`, { action: 'end' })).status).toBe(303)
  expect(await core.cases.byId(id)).toMatchObject({ state: 'moot' })
})

test('a decision is in the audit log, and leads to the next case', async () => {
  const first = await sentNeed()
  await sentNeed()
  const answer = await decide(curator, first.casePath, approve)
  expect(answer.location).toMatch(/^\/admin\/cases\//)
  expect(textOf((await curator.get(answer.location)).text)).toContain('Đã duyệt. Người gửi sẽ nhận thư báo.')
  const id = first.casePath.split('/').at(-1)
  const entry = await product.core.db.collection('audit').findOne({ recordId: id })
  expect(entry).toMatchObject({ action: 'case-approved', by: sixth.personId, details: { kind: 'need' } })
})

test('members, strangers and staff without the second factor see nothing of a case', async () => {
  const { casePath, need } = await sentNeed()
  const member = await signedIn(product, await addPerson(product))
  const halfway = await signedIn(product, await addPerson(product, { staff: 'curator' }), { secondFactor: false })
  for (const [who, status] of [
    [newGuest(product.url), 303],
    [member, 403],
    [halfway, 303],
  ] as const) {
    expect((await who.get(casePath)).status).toBe(status)
    await who.get('/needs/new')
    expect((await who.post(casePath, { ...approve, version: '1' })).status).toBe(status)
  }
  expect(await needById(need.id)).toMatchObject({ status: 'submitted' })
})

test('the queue counts by kind and can be narrowed to one', async () => {
  const { casePath } = await sentNeed()
  const all = await curator.get('/admin')
  expect(linksIn(mainOf(all.text)).map(({ text }) => text)).toContainEqual(expect.stringMatching(/^Nhu cầu: \d+$/))
  expect((await curator.get('/admin?kind=claim')).text).not.toContain(casePath)
  expect((await curator.get('/admin?kind=need')).text).toContain(casePath)
  expect((await curator.get('/admin?kind=constructor')).status).toBe(200)
})
