import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../src/platform/http/viewer.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { mailsTo } from '../support/mails.js'
import { mergeTools } from '../support/merging.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let actor: Person

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  const { personId } = await addPerson(product, { staff: 'curator' })
  actor = { kind: 'person', personId, memberships: [], staff: 'curator' }
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const { addFirm, merge, merged, undo } = mergeTools(
  () => product,
  () => actor,
)
const parkId = () => product.core.park().id

describe('people of two listings that become one', () => {
  const member = async (organisation: string, role: 'owner' | 'viewer') =>
    addPerson(product, { memberships: [{ type: 'provider', organisation, role }] })

  test('come along by themselves only where nobody holds the survivor', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const owner = await member(b.id, 'owner')
    const id = await merged(a.id, b.id)
    const guest = await signedIn(product, owner)
    expect((await guest.get(`/organisations/${a.id}`)).status).toBe(200)
    const { status, location } = await guest.get(`/organisations/${b.id}/profile`)
    expect({ status, location }).toEqual({ status: 301, location: `/organisations/${a.id}/profile` })
    await undo(id)
    expect((await guest.get(`/organisations/${a.id}`)).status).toBe(404)
    expect((await guest.get(`/organisations/${b.id}`)).status).toBe(200)
  })

  test('of both sides: a curator says who comes along, and as what', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    await member(a.id, 'owner')
    const theirs = await member(b.id, 'owner')
    expect(await merge(a.id, b.id)).toEqual({ ok: false, reason: 'undecided' })
    await merged(a.id, b.id, { parts: { [theirs.personId]: 'viewer' } })
    const guest = await signedIn(product, theirs)
    expect((await guest.get(`/organisations/${a.id}`)).status).toBe(200)
    expect((await guest.get(`/organisations/${a.id}/profile/basics`)).status).toBe(403)
  })

  test('of both are told of the merge and of its undoing, each once and in his language', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const here = await member(a.id, 'owner')
    const memberships = [{ type: 'provider' as const, organisation: b.id, role: 'owner' as const }]
    const there = await addPerson(product, { lang: 'en', memberships })
    const subjects = async ({ email }: TestPerson) => (await mailsTo(product, email)).map(({ subject }) => subject)
    const id = await merged(a.id, b.id, { parts: { [there.personId]: 'owner' } })
    const [first, second] = [a.published?.name.vi, b.published?.name.vi]
    expect(await subjects(here)).toEqual([`${first} và ${second}: hai hồ sơ nhập làm một`])
    expect(await subjects(there)).toEqual([`${first} and ${second} are one listing now`])
    expect((await mailsTo(product, there.email))[0]?.text).toContain(`/en/providers/${a.slug}\n`)
    await undo(id)
    expect(await subjects(there)).toEqual([expect.any(String), `${first} and ${second} are two listings again`])
  })

  test('who was left out has nothing to do with the survivor', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    await member(a.id, 'owner')
    const theirs = await member(b.id, 'owner')
    await merged(a.id, b.id, { parts: { [theirs.personId]: 'none' } })
    const guest = await signedIn(product, theirs)
    expect((await guest.get(`/organisations/${a.id}`)).status).toBe(404)
    expect((await guest.get(`/organisations/${b.id}`)).status).toBe(404)
  })

  test('become no more than they were on either side, and no less than they are at the survivor', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const holder = await member(a.id, 'owner')
    const viewer = await member(b.id, 'viewer')
    await product.core.memberships.put({
      ...{ parkId: parkId(), personId: holder.personId, type: 'provider', organisation: b.id, role: 'viewer' },
    })
    expect(await merge(a.id, b.id, { parts: { [viewer.personId]: 'owner' } })).toEqual({
      ...{ ok: false, reason: 'undecided' },
    })
    await merged(a.id, b.id, { parts: { [viewer.personId]: 'viewer', [holder.personId]: 'viewer' } })
    const roles = (await product.core.memberships.members(a.id)).map(({ role }) => role)
    expect(roles).toEqual(['owner', 'viewer'])
  })

  test('sent away by the survivor after the merge do not come back by its undo', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const owner = await member(b.id, 'owner')
    const id = await merged(a.id, b.id)
    await product.core.memberships.remove(a.id, owner.personId)
    await undo(id)
    expect(await product.core.memberships.of(owner.personId)).toEqual([])
  })

  test("whose part was changed after the merge keep what the survivor's people gave them", async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const owner = await member(b.id, 'owner')
    const id = await merged(a.id, b.id)
    const changed = {
      parkId: parkId(),
      personId: owner.personId,
      type: 'provider',
      organisation: a.id,
      role: 'editor',
    } as const
    await product.core.memberships.put(changed)
    await undo(id)
    expect((await product.core.memberships.of(owner.personId)).map(({ role }) => role).sort()).toEqual([
      'editor',
      'owner',
    ])
  })

  test('who have joined or left since the curator looked are not decided on unseen', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const owner = await member(b.id, 'owner')
    // He leaves while the merge is on its way: after its page was read, before it is written.
    const { members } = product.core.memberships
    let looks = 0
    const leaving = {
      ...product.core,
      memberships: {
        ...product.core.memberships,
        members: async (organisation: string) => {
          const found = await members(organisation)
          // Once for whether it is the curator's own, once for who comes along.
          if (organisation === b.id && ++looks === 2) await product.core.memberships.remove(b.id, owner.personId)
          return found
        },
      },
    } as typeof product.core
    const { merge } = mergeTools(
      () => ({ ...product, core: leaving }),
      () => actor,
    )
    expect(await merge(a.id, b.id)).toEqual({ ok: false, reason: 'newer' })
    expect(await product.core.memberships.members(a.id)).toEqual([])
  })

  test('are told by the mail to look at who may do what, where somebody comes along', async () => {
    const [a, b] = [await addFirm(), await addFirm()]
    const here = await member(a.id, 'owner')
    const there = await member(b.id, 'viewer')
    await merged(a.id, b.id, { parts: { [there.personId]: 'viewer' } })
    expect((await mailsTo(product, here.email))[0]?.text).toContain('mục Người cùng trông coi')
  })
})
