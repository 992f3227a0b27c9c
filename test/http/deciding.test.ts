import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Lang } from '../../src/kernel/text.js'
import type { NeedContent } from '../../src/modules/needs/index.js'
import { type ProviderProfile, providerProfile } from '../../src/modules/providers/index.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { claimActs } from '../support/claims.js'
import type { Guest } from '../support/guest.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** What each way to decide leads to for whoever waits. */

let product: TestProduct
let curator: Guest

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  curator = await signedIn(product, await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' }))
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const { listedFirm, askByNote } = claimActs(() => product)

interface Waiting {
  person: TestPerson
  path: string
  recordId: string
}

let made = 0
const nameOfNext = () => `Việc số ${++made}`

const profile = (name: string, over: Partial<ProviderProfile> = {}): ProviderProfile => ({
  ...providerProfile.parse({
    name: { vi: name },
    description: { vi: 'Làm phần mềm cho trại cá' },
    park: { status: 'applying' },
  }),
  ...over,
})

const casePath = async (recordId: string, kind: 'new-listing' | 'change' | 'need' | 'claim') =>
  `/admin/cases/${(await product.core.cases.latest(recordId, [kind]))?._id}`

async function listing(lang: Lang, published: boolean): Promise<Waiting> {
  const { core } = product
  const person = await addPerson(product, { lang })
  const parkId = core.park().id
  const name = nameOfNext()
  const kind = published ? 'change' : 'new-listing'
  const [record] = await core.change<ProviderProfile>({
    ...{ parkId, type: 'provider', by: person.personId, why: 'test' },
    edits: [
      {
        ...{ slugFrom: name, source: 'member' },
        set: { published: published ? profile(name) : null, working: profile(name, { address: 'Bến mới' }) },
      },
    ],
    alongside: async (session, [firm]) => {
      if (!firm) return
      const membership = { type: 'provider', organisation: firm.id, role: 'owner' } as const
      await core.memberships.put({ parkId, personId: person.personId, ...membership }, session)
      const what = { parkId, kind, type: 'provider', recordId: firm.id, subjectId: null } as const
      await core.cases.submit({ ...what, version: firm.version, personId: person.personId }, session)
    },
  })
  const recordId = record?.id ?? ''
  return { person, recordId, path: await casePath(recordId, kind) }
}

async function need(lang: Lang, published: boolean): Promise<Waiting> {
  const { core } = product
  const person = await addPerson(product, { lang })
  const content: NeedContent = {
    title: { vi: nameOfNext() },
    problem: { vi: 'Bốn mươi hộ trồng khóm cần dán tem truy xuất cho siêu thị.' },
    ...{ anonymous: true, services: [], tools: [], mustHaves: [], niceToHaves: [] },
    ...{ visibility: 'public', maxResponders: 3 },
  }
  const parkId = core.park().id
  const [record] = await core.change<NeedContent>({
    ...{ parkId, type: 'need', by: person.personId, why: 'test' },
    edits: [
      {
        ...{ slugFrom: content.title.vi ?? '', source: 'test' },
        set: {
          published: published ? content : null,
          working: { ...content, outcome: { vi: 'Khách quét mã là thấy vườn' } },
          status: published ? 'published' : 'submitted',
          ownerId: person.personId,
        },
      },
    ],
    alongside: async (session, [saved]) => {
      const what = { parkId, kind: 'need', type: 'need', recordId: saved?.id ?? '', subjectId: null } as const
      await core.cases.submit({ ...what, version: saved?.version ?? 1, personId: person.personId }, session)
    },
  })
  const recordId = record?.id ?? ''
  return { person, recordId, path: await casePath(recordId, 'need') }
}

async function claim(lang: Lang): Promise<Waiting> {
  const { firm, path } = await listedFirm()
  const person = await addPerson(product, { lang })
  await askByNote(await signedIn(product, person), path)
  return { person, recordId: firm.id, path: await casePath(firm.id, 'claim') }
}

const mailTo = async ({ email }: TestPerson) => {
  const [mail] = await product.core.db
    .collection('mails')
    .find({ to: email })
    .sort({ createdAt: -1, _id: -1 })
    .toArray()
  return { subject: String(mail?.subject), text: String(mail?.text) }
}

const NOTE = 'Anh chị xem lại giúp số vườn.'
const ADDED = 'Gọi 0293 để hỏi thêm.'
const AT_FIELD = 'Ghi rõ ấp, xã giúp.'

/** Sends the form of an act with all that it wants. */
async function decide({ path }: Waiting, act: 'approve' | 'send-back' | 'reject', more: Record<string, string> = {}) {
  const page = await curator.get(path)
  const version = /name="version" value="(\d+)"/.exec(page.text)?.[1]
  const reason = /<select[^>]*name="reason"[^>]*>.*?<option value="([^"]+)">/s.exec(
    page.text.replace(/<option value=""[^>]*>[^<]*<\/option>/g, ''),
  )?.[1]
  const fields = { approve: {}, 'send-back': { note: NOTE }, reject: { reason: reason ?? '', added: ADDED } }[act]
  const answer = await curator.post(path, { action: act, ...(version && { version }), ...fields, ...more })
  expect([act, answer.status]).toEqual([act, 303])
  return reason
}

const KINDS = {
  'a new listing': (lang: Lang) => listing(lang, false),
  'a changed listing': (lang: Lang) => listing(lang, true),
  'a new need': (lang: Lang) => need(lang, false),
  'a changed need': (lang: Lang) => need(lang, true),
  'a claim': claim,
}

const ROWS = Object.entries(KINDS).flatMap(([kind, make]) =>
  (['vi', 'en'] as const).flatMap((lang) =>
    (['approve', 'send-back', 'reject'] as const).map((act) => [kind, act, lang, make] as const),
  ),
)

describe('every decision is told by mail, in the language of whoever waits', () => {
  test.each(ROWS)('%s: %s (%s)', async (_kind, act, lang, make) => {
    const waiting = await make(lang)
    const reasonId = await decide(waiting, act)
    const { subject, text } = await mailTo(waiting.person)
    expect(text).toMatch(lang === 'vi' ? /^Chào anh chị/ : /^Hello/)
    expect(`${subject} ${text}`).not.toMatch(/\{\{|undefined|curation\.|deciding\./)
    expect(text).toMatch(lang === 'en' ? /https?:\/\/[^/\s]+\/en\// : /https?:\/\/[^/\s]+\/(?!en)/)
    if (act === 'send-back') expect(text).toContain(NOTE)
    if (act === 'reject') {
      const reason = await product.core.reasons.byId(product.core.park().id, String(reasonId))
      expect(text).toContain(reason?.text[lang])
      expect(text).toContain(ADDED)
      expect(await product.core.cases.of(waiting.person.personId)).toMatchObject([{ state: 'rejected', reasonId }])
    }
  })
})

describe('what is refused', () => {
  test('wants a reason of the list', async () => {
    const { path } = await listing('vi', false)
    const answer = await curator.post(path, { action: 'reject', version: '1', reason: 'made-up', added: ADDED })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('href="#f-reason"')
    expect(answer.text).toContain(ADDED)
  })

  test('is not public: the listing keeps what was written, the need is closed, a public one stays as it was', async () => {
    const { core } = product
    const firm = await listing('vi', false)
    await decide(firm, 'reject')
    expect(await core.records.byId('provider', firm.recordId)).toMatchObject({ published: null, working: {} })
    const fresh = await need('vi', false)
    await decide(fresh, 'reject')
    expect(await core.records.byId('need', fresh.recordId)).toMatchObject({ status: 'closed', published: null })
    const open = await need('vi', true)
    await decide(open, 'reject')
    expect(await core.records.byId('need', open.recordId)).toMatchObject({ status: 'published', working: null })
    const page = textOf((await (await signedIn(product, open.person)).get(`/account/needs/${open.recordId}`)).text)
    expect(page).toContain(ADDED)
  })
})

describe('a note at a field', () => {
  test("stands at the field in the firm's editor and in the mail, until it is sent anew", async () => {
    const waiting = await listing('vi', true)
    await decide(waiting, 'send-back', { note: '', 'note.address': AT_FIELD, 'note.services': 'Thêm dịch vụ.' })
    expect((await mailTo(waiting.person)).text).toContain(`– Địa chỉ: ${AT_FIELD}`)
    const member = await signedIn(product, waiting.person)
    const at = `/organisations/${waiting.recordId}/profile`
    const basics = (await member.get(`${at}/basics`)).text
    expect(basics).toMatch(new RegExp(`id="f-address-note">.*${AT_FIELD}`))
    expect(basics).toMatch(/<input[^>]*id="f-address"[^>]*aria-describedby="[^"]*f-address-note"/)
    expect((await member.get(`${at}/services`)).text).toContain('Thêm dịch vụ.')
    const hub = await member.get(at)
    expect(hub.text).toContain(AT_FIELD)
    // Before the button that sends it anew, and on the page that leads there.
    expect(hub.text.indexOf(AT_FIELD)).toBeLessThan(hub.text.indexOf('value="send"'))
    expect((await member.get(`/organisations/${waiting.recordId}`)).text).toContain(AT_FIELD)
    const version = /name="version" value="(\d+)"/.exec(hub.text)?.[1] ?? ''
    expect((await member.post(at, { act: 'send', version })).status).toBe(303)
    expect((await member.get(`${at}/basics`)).text).not.toContain(AT_FIELD)
  })

  test("stands at the field in the need's form", async () => {
    const waiting = await need('en', false)
    await decide(waiting, 'send-back', { note: '', 'note.problem': AT_FIELD, 'note.tools': 'Excel?' })
    expect((await mailTo(waiting.person)).text).toContain(AT_FIELD)
    const owner = await signedIn(product, waiting.person)
    const form = (await owner.get(`/account/needs/${waiting.recordId}/correction`)).text
    expect(form).toMatch(new RegExp(`id="f-problem-note">.*${AT_FIELD}`))
    expect(form).toMatch(/<details class="more" open>/)
    const sent = await owner.submit(await owner.get(`/account/needs/${waiting.recordId}/correction`), {})
    expect(sent.status).toBe(303)
    expect((await owner.get(`/account/needs/${waiting.recordId}/correction`)).text).not.toContain(AT_FIELD)
  })

  test('alone is enough, none at all is not, and what was typed comes back', async () => {
    const { path } = await listing('vi', true)
    const wrong = await curator.post(path, { action: 'send-back', version: '1', note: '' })
    expect(wrong.status).toBe(422)
    const long = await curator.post(path, {
      action: 'send-back',
      version: '1',
      note: NOTE,
      'note.address': 'x'.repeat(1_001),
    })
    expect(long.status).toBe(422)
    expect(long.text).toContain('href="#f-note.address"')
    expect(long.text).toContain(NOTE)
  })
})

describe('a need that the curator puts right himself', () => {
  test('is public as he wrote it, and its owner is told what he changed', async () => {
    const waiting = await need('en', false)
    const page = await curator.get(`${waiting.path}/edit`)
    expect(textOf(mainOf(page.text))).toContain('Bốn mươi hộ')
    const saved = await curator.submit(page, { title: 'Tem cho khóm Cầu Đúc' })
    expect(saved.status).toBe(303)
    const record = await product.core.records.byId<NeedContent>('need', waiting.recordId)
    expect(record).toMatchObject({
      status: 'published',
      working: null,
      published: { title: { vi: 'Tem cho khóm Cầu Đúc' } },
    })
    expect((await mailTo(waiting.person)).text).toMatch(/– .*: Việc số \d+ → Tem cho khóm Cầu Đúc/)
    const version = await product.core.db
      .collection('versions')
      .findOne({ recordId: waiting.recordId, version: record?.version })
    expect(version).toMatchObject({ action: 'edit-and-approve' })
    expect(version?.by).not.toBe(waiting.person.personId)
  })

  test('that its owner has written anew meanwhile is shown anew, with what the curator typed', async () => {
    const waiting = await need('vi', false)
    const page = await curator.get(`${waiting.path}/edit`)
    const owner = await signedIn(product, waiting.person)
    const form = await owner.get(`/account/needs/${waiting.recordId}/correction`)
    expect((await owner.submit(form, { title: 'Chủ viết lại' })).status).toBe(303)
    const late = await curator.submit(page, { title: 'Người duyệt viết' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('Người duyệt viết')
  })
})

describe('a change that the curator puts right himself', () => {
  test('is approved as he wrote it, and its sender is told what he changed', async () => {
    const waiting = await listing('vi', true)
    const links = linksIn((await curator.get(waiting.path)).text)
    const edit = links.find(({ href }) => href.includes('/edit/basics?case='))?.href ?? ''
    const saved = await curator.submit(await curator.get(edit), { address: 'Bến mới, số 12' })
    expect([saved.status, saved.location]).toEqual([303, waiting.path])
    await decide(waiting, 'approve')
    const record = await product.core.records.byId('provider', waiting.recordId)
    expect(record).toMatchObject({ working: null, published: { address: 'Bến mới, số 12' } })
    expect((await mailTo(waiting.person)).text).toContain('– Địa chỉ: Bến mới → Bến mới, số 12')
    const at = { recordId: waiting.recordId, version: record?.version }
    expect(await product.core.db.collection('versions').findOne(at)).toMatchObject({ action: 'edit-and-approve' })
  })
})
