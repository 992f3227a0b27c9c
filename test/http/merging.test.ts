import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NeedContent } from '../../src/modules/needs/index.js'
import { type ProviderProfile, providerProfile } from '../../src/modules/providers/index.js'
import type { Person } from '../../src/platform/http/viewer.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { claimActs } from '../support/claims.js'
import { newGuest } from '../support/guest.js'
import { addBusiness } from '../support/listings.js'
import { mergeTools, mergingIn } from '../support/merging.js'
import { guestNeeds, mailedPage, postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Two listings that are one become one, and two again. */

let product: TestProduct
let curator: TestPerson
let actor: Person

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  curator = await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' })
  actor = { kind: 'person', personId: curator.personId, memberships: [], staff: 'curator' }
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const merging = () => mergingIn(product)
const { addFirm, merge, merged, undo } = mergeTools(
  () => product,
  () => actor,
)
const parkId = () => product.core.park().id
const firm = async (id: string) => {
  const record = await product.core.records.byId<ProviderProfile>('provider', id)
  if (!record) throw new Error('the firm is gone')
  return record
}
const at = async (path: string) => {
  const { status, location } = await newGuest(product.url).get(path)
  return { status, location }
}

describe('a merge', () => {
  test('takes of each field what was chosen, and puts lists together', async () => {
    const a = await addFirm({ tagline: { vi: 'Của a' }, sectors: ['seafood'], remote: true })
    const b = await addFirm({ tagline: { vi: 'Của b' }, sectors: ['rice', 'seafood'], founded: 2010 })
    await merged(a.id, b.id, { choices: { tagline: 'other', sectors: 'both', founded: 'other', name: 'survivor' } })
    expect((await firm(a.id)).published).toMatchObject({
      ...{ tagline: { vi: 'Của b' }, sectors: ['seafood', 'rice'], founded: 2010, remote: true },
      name: a.published?.name,
    })
    expect((await firm(b.id)).mergedInto).toBe(a.id)
  })

  test('leads from every old address and id to the survivor for ever, through chains, in pages and API', async () => {
    const [a, b, c] = [await addFirm(), await addFirm(), await addFirm()]
    await merged(b.id, a.id)
    await merged(c.id, b.id)
    for (const old of [a.slug, a.id, b.slug, b.id, c.id]) {
      expect(await at(`/providers/${old}`)).toEqual({ status: 301, location: `/providers/${c.slug}` })
      expect(await at(`/en/providers/${old}`)).toEqual({ status: 301, location: `/en/providers/${c.slug}` })
      expect(await at(`/api/v1/providers/${old}`)).toEqual({ status: 301, location: `/api/v1/providers/${c.slug}` })
    }
    expect((await at(`/providers/${c.slug}`)).status).toBe(200)
  })

  test('brings nothing along by a choice but fields', async () => {
    const [a, b] = [await addFirm(), await addFirm({ tagline: { vi: 'Của b' } })]
    await merged(a.id, b.id, { choices: { constructor: 'other', toString: 'other', tagline: 'other' } as never })
    expect(Object.keys((await firm(a.id)).published ?? {})).not.toContain('constructor')
    expect((await firm(a.id)).published?.tagline).toEqual({ vi: 'Của b' })
  })

  test('that would make a list longer than it may be is not made, and names the list', async () => {
    const many = (of: string) => Array.from({ length: 20 }, (_, i) => `Chứng nhận ${of}${i}`)
    const [a, b] = [await addFirm({ certifications: many('a') }), await addFirm({ certifications: many('b') })]
    expect(await merge(a.id, b.id, { choices: { certifications: 'both' } })).toEqual({
      ...{ ok: false, reason: 'overfull', fields: ['certifications'] },
    })
    const guest = await signedIn(product, curator)
    const page = await guest.get(`/admin/merge/${a.id}/${b.id}/preview?f.certifications=both`)
    const answer = await guest.submit(page)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Gộp cả hai bên thì mục này dài quá mức cho phép: Chứng nhận')
    expect((await firm(b.id)).mergedInto).toBeNull()
    await merged(a.id, b.id, { choices: { certifications: 'other' } })
  })

  test('of something that has changed meanwhile does nothing', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const versions = { survivor: a.version, other: b.version + 1 }
    const order = { choices: {}, parts: {}, versions }
    expect(await merging().merge(actor, parkId(), { survivor: a.id, other: b.id }, order)).toEqual({
      ...{ ok: false, reason: 'newer' },
    })
    expect((await firm(b.id)).mergedInto).toBeNull()
    expect((await firm(a.id)).version).toBe(a.version)
  })

  test('is not made between a firm and a business, with itself, or with one that is part of another', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const business = await addBusiness(product, { name: { vi: 'Vựa Sáu Lành' } })
    await expect(merge(a.id, business.id)).rejects.toThrow('no listing')
    await expect(merge(a.id, a.id)).rejects.toThrow('no listing')
    await merged(a.id, b.id)
    await expect(merge(b.id, a.id)).rejects.toThrow('no listing')
  })

  test("of a curator's own firm is not his to make, nor to undo", async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const own = {
      parkId: parkId(),
      personId: curator.personId,
      type: 'provider',
      organisation: b.id,
      role: 'viewer',
    } as const
    await product.core.memberships.put(own)
    await expect(merge(a.id, b.id)).rejects.toThrow('not allowed')
    await product.core.memberships.remove(b.id, curator.personId)
    const id = await merged(a.id, b.id)
    await product.core.memberships.put({ ...own, organisation: a.id })
    await expect(undo(id)).rejects.toThrow('not allowed')
  })
})

describe('what belongs to a listing', () => {
  /** A guest's need for which a firm is asked; the id of the introduction. */
  async function introductionTo({ slug }: { slug: string }, email: string) {
    const known = new Set((await guestNeeds(product)).map(({ id }) => id))
    const guest = newGuest(product.url)
    const need = await mailedPage(product, (await postNeed(guest, {}, { email })).location)
    await guest.get(need)
    expect((await guest.post(`${need}/firms/${slug}`, { consent: 'on' })).status).toBe(303)
    const record = (await guestNeeds(product)).find(({ id }) => !known.has(id))
    return (await product.core.introductions.ofNeed(record?.id ?? ''))[0]?._id ?? ''
  }

  test('follows a firm and comes back with it; what came in between stays with the survivor', async () => {
    const { core } = product
    const offer = { services: [{ service: 'traceability' }] }
    const [a, b] = [await addFirm(offer), await addFirm(offer)]
    const claimant = await addPerson(product)
    await claimActs(() => product).askByNote(await signedIn(product, claimant), `/providers/${b.slug}/claim`)
    const [claim] = await core.cases.of(claimant.personId)
    const before = await introductionTo(b, 'vuon1@khom.example')
    const where = async (introduction: string) => (await core.introductions.byId(introduction))?.provider
    const claimed = async () => ({
      case: (await core.cases.byId(claim?._id ?? ''))?.recordId,
      claim: (await core.db.collection('claims').findOne({ _id: claim?.subjectId as never }))?.provider,
    })
    expect([await where(before), await claimed()]).toEqual([b.id, { case: b.id, claim: b.id }])

    const id = await merged(a.id, b.id)
    const between = await introductionTo(await firm(a.id), 'vuon2@khom.example')
    expect([await where(before), await where(between)]).toEqual([a.id, a.id])
    expect(await claimed()).toEqual({ case: a.id, claim: a.id })

    await undo(id)
    expect([await where(before), await where(between)]).toEqual([b.id, a.id])
    expect(await claimed()).toEqual({ case: b.id, claim: b.id })
  })

  test('follows a business: its needs, each with a version, and not those that came in between when it comes back', async () => {
    const { core } = product
    const [a, b] = [
      await addBusiness(product, { name: { vi: 'Vựa A' } }),
      await addBusiness(product, { name: { vi: 'Vựa B' } }),
    ]
    const { personId } = await addPerson(product)
    const need = async (business: string) => {
      const published: NeedContent = {
        ...{ title: { vi: 'Cần cân điện tử' }, problem: { vi: 'Cân cho vựa khóm' }, anonymous: true, business },
        ...{ services: [], tools: [], mustHaves: [], niceToHaves: [], visibility: 'public', maxResponders: 3 },
      }
      const edit = {
        slugFrom: 'can',
        source: 'test',
        set: { published, status: 'published' as const, ownerId: personId },
      }
      const [record] = await core.change<NeedContent>({
        ...{ parkId: parkId(), type: 'need', by: 'system:test', why: 'test', edits: [edit] },
      })
      return record?.id ?? ''
    }
    const businessOf = async (id: string) => (await core.records.byId<NeedContent>('need', id))?.published?.business
    const first = await need(b.id)
    const id = await merged(a.id, b.id)
    const between = await need(a.id)
    expect(await businessOf(first)).toBe(a.id)
    expect(await core.records.byId('need', first)).toMatchObject({ version: 2 })
    await undo(id)
    expect([await businessOf(first), await businessOf(between)]).toEqual([b.id, a.id])
  })
})

describe('undoing', () => {
  test('brings back both, and keeps what was changed in between', async () => {
    const a = await addFirm({ tagline: { vi: 'Của a' }, sectors: ['seafood'] })
    const b = await addFirm({ tagline: { vi: 'Của b' }, sectors: ['rice'], founded: 2010 })
    const id = await merged(a.id, b.id, { choices: { tagline: 'other', sectors: 'both', founded: 'other' } })
    const now = await firm(a.id)
    const published = providerProfile.parse({ ...now.published, founded: 2012, sectors: ['seafood', 'rice', 'fruit'] })
    await product.core.change<ProviderProfile>({
      ...{ parkId: parkId(), type: 'provider', by: 'system:test', why: 'test' },
      edits: [{ id: a.id, set: { published } }],
    })
    expect(await merging().merged(actor, parkId(), id)).toMatchObject({ kept: ['founded'], blocked: false })
    expect(await undo(id)).toEqual({ ok: true })
    expect((await firm(a.id)).published).toMatchObject({
      ...{ tagline: { vi: 'Của a' }, founded: 2012, sectors: ['seafood', 'fruit'] },
    })
    expect(await firm(b.id)).toMatchObject({ mergedInto: null, published: b.published })
    expect(await at(`/providers/${b.slug}`)).toEqual({ status: 200, location: '' })
    expect(await undo(id)).toEqual({ ok: false, reason: 'blocked' })
  })

  test('waits until a later merge of the survivor is undone', async () => {
    const [a, b, c] = [await addFirm(), await addFirm(), await addFirm()]
    const first = await merged(b.id, a.id)
    const second = await merged(c.id, b.id)
    expect(await undo(first)).toEqual({ ok: false, reason: 'blocked' })
    expect(await undo(second)).toEqual({ ok: true })
    expect(await undo(first)).toEqual({ ok: true })
    expect((await at(`/providers/${a.slug}`)).status).toBe(200)
  })

  test('is in the audit, as the merge is, for both', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const id = await merged(a.id, b.id)
    await undo(id)
    const rows = await product.core.db.collection('audit').find({ 'details.merge': id }).toArray()
    expect(rows.map(({ recordId, action }) => [recordId === a.id, action]).sort()).toEqual([
      ...[
        [false, 'merge'],
        [false, 'unmerge'],
        [true, 'merge'],
        [true, 'unmerge'],
      ],
    ])
  })
})
