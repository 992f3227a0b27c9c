import { mailingOf } from '../../src/composition.js'
import type { BusinessProfile } from '../../src/modules/businesses/index.js'
import { introductionService } from '../../src/modules/introductions/index.js'
import type { NeedContent } from '../../src/modules/needs/index.js'
import type { RecordType, StoredRecord } from '../../src/platform/records/record.types.js'
import { addPerson, signedIn, type TestPerson } from './accounts.js'
import { type Guest, newGuest } from './guest.js'
import { mailedPage, postNeed } from './posting.js'
import type { TestProduct } from './product.js'

/** One of each kind of person there is, over the demonstration data, for the table of rights. */
export const ROLES = [
  'visitor',
  'staff before the second factor',
  'person without organisation',
  'firm owner',
  'firm editor',
  'firm viewer',
  'owner of another firm',
  'business owner',
  'business viewer',
  'curator',
  'administrator',
] as const
export type Role = (typeof ROLES)[number]

export interface Roles {
  /** The firm that owner, editor and viewer belong to, and the one of the other owner. */
  firm: StoredRecord<unknown>
  otherFirm: StoredRecord<unknown>
  /** The business of the business owner, and a public need of it. */
  business: StoredRecord<BusinessProfile>
  need: StoredRecord<NeedContent>
  /** A guest's need that nobody has published, and the key of its page. */
  guestNeed: { key: string }
  /** The business owner's request to the firm, not answered. */
  introduction: { id: string }
  people: ReadonlyMap<Role, TestPerson>
  /** The browser in which a role is signed in. */
  browser(role: Role): Promise<Guest>
}

export async function addRoles(product: TestProduct): Promise<Roles> {
  const needs = await published<NeedContent>(product, 'need', ({ business, visibility, anonymous }) =>
    Boolean(business && !anonymous && visibility === 'public'),
  )
  const businesses = await published<BusinessProfile>(product, 'business', ({ listed }) => listed)
  const business = found(businesses.find(({ id }) => needs.some(({ published: n }) => n?.business === id)))
  const need = found(needs.find(({ published: n }) => n?.business === business.id))
  const [firm, otherFirm] = await published(product, 'provider').then((firms) => [found(firms[0]), found(firms[1])])
  if (!firm || !otherFirm) throw new Error('the demonstration data has fewer than two firms')

  const inFirm = (role: 'owner' | 'editor' | 'viewer', { id } = firm) => ({
    memberships: [{ type: 'provider' as const, organisation: id, role }],
  })
  const inBusiness = (role: 'owner' | 'viewer') => ({
    memberships: [{ type: 'business' as const, organisation: business.id, role }],
  })
  const people = new Map<Role, TestPerson>([
    ['staff before the second factor', await addPerson(product, { staff: 'administrator' })],
    ['person without organisation', await addPerson(product)],
    ['firm owner', await addPerson(product, inFirm('owner'))],
    ['firm editor', await addPerson(product, inFirm('editor'))],
    ['firm viewer', await addPerson(product, inFirm('viewer'))],
    ['owner of another firm', await addPerson(product, inFirm('owner', otherFirm))],
    ['business owner', await addPerson(product, inBusiness('owner'))],
    ['business viewer', await addPerson(product, inBusiness('viewer'))],
    ['curator', await addPerson(product, { staff: 'curator' })],
    ['administrator', await addPerson(product, { staff: 'administrator' })],
  ])
  const sent = await postNeed(newGuest(product.url))
  const asked = await ask(product, { need, firm, personId: people.get('business owner')?.personId ?? '' })
  const browsers = new Map<Role, Promise<Guest>>()
  return {
    ...{ firm, otherFirm, business, need, people },
    guestNeed: { key: (await mailedPage(product, sent.location)).replace('/my-need/', '') },
    introduction: { id: asked },
    browser: (role) => {
      const person = people.get(role)
      const secondFactor = person?.staff != null && role !== 'staff before the second factor'
      const opened =
        browsers.get(role) ?? (person ? signedIn(product, person, { secondFactor }) : newGuest(product.url))
      browsers.set(role, Promise.resolve(opened))
      return Promise.resolve(opened)
    },
  }
}

async function published<C>(
  { core }: TestProduct,
  type: RecordType,
  fits: (content: C) => boolean = () => true,
): Promise<StoredRecord<C>[]> {
  const records: StoredRecord<C>[] = []
  for await (const record of core.records.each<C>(type)) {
    if (record.published && record.status !== 'closed' && record.status !== 'expired' && fits(record.published))
      records.push(record)
  }
  return records.sort((a, b) => (a.slug < b.slug ? -1 : 1))
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the demonstration data lacks what the roles stand on')
  return value
}

/** The need's owner asks the firm; returns the introduction's id. */
async function ask(
  { core }: TestProduct,
  { need, firm, personId }: { need: StoredRecord<NeedContent>; firm: StoredRecord<unknown>; personId: string },
): Promise<string> {
  const introducing = introductionService({ ...core, ...mailingOf(core, () => {}) })
  const memberships = await core.memberships.of(personId)
  const approach = { message: null, phone: null, lang: 'vi' } as const
  const asked = await introducing.ask({ kind: 'person', personId, memberships, staff: null }, need, firm.id, approach)
  if (!asked.ok) throw new Error(`the firm cannot be asked: ${asked.reason}`)
  return asked.row._id
}
