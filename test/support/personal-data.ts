import { expect } from 'vitest'
import { textVersion } from '../../src/kernel/purposes.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import type { TestPerson } from './accounts.js'
import type { Guest } from './guest.js'
import { guestNeeds } from './posting.js'
import type { TestProduct } from './product.js'

/** What the tests of personal data do over and over; `product` is asked for once it is started. */
export function dataActs(product: () => TestProduct) {
  /** Where in the whole database one of these words stands: `collection: word`. */
  async function traces(words: readonly string[]): Promise<string[]> {
    const { db } = product().core
    const found: string[] = []
    for (const { name } of (await db.db?.listCollections().toArray()) ?? []) {
      for (const row of await db.collection(name).find({}).toArray()) {
        const text = JSON.stringify(row).toLowerCase()
        for (const word of words) if (text.includes(word.toLowerCase())) found.push(`${name}: ${word}`)
      }
    }
    return [...new Set(found)]
  }

  /** Every row that names a person's id, by collection; what somebody else holds must come out unchanged. */
  async function rowsOf(personId: string): Promise<Record<string, unknown[]>> {
    const { db } = product().core
    const rows: Record<string, unknown[]> = {}
    for (const { name } of (await db.db?.listCollections().toArray()) ?? []) {
      const own = (await db.collection(name).find({}).toArray()).filter((row) => JSON.stringify(row).includes(personId))
      if (own.length > 0) rows[name] = JSON.parse(JSON.stringify(own))
    }
    return rows
  }

  async function agree({ personId }: TestPerson, purpose: 'account' | 'introduction' | 'guest-need') {
    const { core } = product()
    const consent = { parkId: core.park().id, personId, purpose, lang: 'vi', way: 'sign-up' } as const
    await inTransaction(core.db, (session) =>
      core.people.addConsent({ ...consent, textVersion: textVersion(purpose) }, session),
    )
  }

  /** Makes the need that was posted last somebody's own, as adopting it would. */
  async function own({ personId }: TestPerson, title: string, business?: string) {
    const { core } = product()
    const need = (await guestNeeds(product())).find(({ working }) => working?.title.vi === title)
    if (!need?.working) throw new Error(`no need "${title}"`)
    const working = { ...need.working, ...(business && { business }) }
    await core.change({
      ...{ parkId: need.parkId, type: 'need', by: personId, why: 'adopted' },
      edits: [{ id: need.id, set: { ownerId: personId, working } }],
    })
    return need.id
  }

  async function firms(): Promise<[string, string]> {
    const ids: string[] = []
    for await (const { id } of product().core.records.each('provider')) ids.push(id)
    return [ids[1] ?? '', ids[2] ?? '']
  }

  const download = async (browser: Guest, path = '/account/data/copy') => {
    const answer = await browser.get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-disposition']).toContain('.json')
    return JSON.parse(answer.text) as Record<string, unknown>
  }

  return { traces, rowsOf, agree, own, firms, download }
}
