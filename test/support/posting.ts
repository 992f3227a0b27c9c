import { expect } from 'vitest'
import type { NeedContent } from '../../src/modules/needs/index.js'
import type { StoredRecord } from '../../src/platform/records/record.types.js'
import type { Answer, Fields, Guest } from './guest.js'
import type { TestProduct } from './product.js'

/** A guest's way through the three steps of posting a need. */

export const STORY = 'htx trong khom, 40 ho, sieu thi doi dan tem truy xuat nguon goc. khach quet ma phai thay vuon nao'

/** The last step filled in as it should be. */
export const CONTACT = { title: 'Dán tem truy xuất cho khóm', email: 'chi.bay@tiem.example', consent: 'on' }

/** Tells the story; returns the page of the details. */
export async function toDetails(guest: Guest, problem = STORY, path = '/needs/new'): Promise<Answer> {
  const started = await guest.submit(await guest.get(path), { problem })
  expect(started.status).toBe(303)
  return guest.get(started.location)
}

/** Goes on to the page of the last step. */
export async function toContact(guest: Guest, details: Fields = {}): Promise<Answer> {
  const saved = await guest.submit(await toDetails(guest), details)
  expect(saved.status).toBe(303)
  return guest.get(saved.location)
}

/** Posts a need; the answer leads to the guest's own page. */
export async function postNeed(guest: Guest, details: Fields = {}, contact: Fields = {}): Promise<Answer> {
  const sent = await guest.submit(await toContact(guest, details), { ...CONTACT, ...contact })
  expect(sent.status).toBe(303)
  return sent
}

/** The page that the mail about a posted need leads to; `location` is where the posting browser was led. */
export async function mailedPage({ core }: TestProduct, location: string): Promise<string> {
  const key = /my-need\/(\w+)/.exec(location)?.[1] ?? ''
  const holder = await core.people.linkHolder(core.park().id, key)
  const personId = holder?.kind === 'guest' ? holder.actor.personId : ''
  const mail = await core.db.collection('mails').findOne({ personId, kind: 'posting' })
  const path = /(?:\/en)?\/my-need\/\w+/.exec(String(mail?.text))?.[0]
  if (!path) throw new Error(`no mail about the need at ${location}`)
  return path
}

/** Every need that guests have posted. */
export async function guestNeeds({ core }: TestProduct): Promise<StoredRecord<NeedContent>[]> {
  const found: StoredRecord<NeedContent>[] = []
  for await (const need of core.records.each<NeedContent>('need', 'guest')) found.push(need)
  return found
}
