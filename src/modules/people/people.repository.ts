import { createHash } from 'node:crypto'
import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { type Page, pageOf } from '../../kernel/pagination.js'
import type { Actor } from '../../kernel/permissions.js'
import type { ConsentPurpose } from '../../kernel/purposes.js'
import type { Lang } from '../../kernel/text.js'
import { looselySpelt } from './loose-spelling.rules.js'
import { type ConsentRow, type LinkRow, type PersonRow, peopleModels } from './people.model.js'

export interface NewGuest {
  parkId: string
  /** Made beforehand, so that the records of the same transaction can name it. */
  personId: string
  email: string
  name: string | null
  lang: Lang
}

export type Guest = Extract<Actor, { kind: 'guest' }>

/** Whom a link's key leads to: a guest, or somebody who has an account by now and signs in for his need. */
export type LinkHolder =
  | { kind: 'guest'; actor: Guest; person: PersonRow; mailed: boolean }
  | { kind: 'account'; needId: string }

export interface PeopleRepository {
  addGuest(guest: NewGuest, session: ClientSession): Promise<void>
  /** Somebody who signs in. The address must be verified: it is his from now on. */
  addAccountHolder(person: NewGuest, session: ClientSession): Promise<void>
  /** Who signs in under an address; null when nobody does. */
  accountHolder(parkId: string, email: string): Promise<PersonRow | null>
  byIds(ids: readonly string[]): Promise<PersonRow[]>
  /** Those who sign in and whose name or address holds `q`, however it is accented; the newest first. */
  accountHolders(
    parkId: string,
    options: { q: string; page: number; size: number },
  ): Promise<{ people: PersonRow[]; page: Page }>
  addConsent(
    consent: Pick<ConsentRow, 'parkId' | 'personId' | 'purpose' | 'textVersion' | 'lang' | 'way'>,
    session: ClientSession,
  ): Promise<void>
  addLink(
    link: { parkId: string; personId: string; needId: string; key: string; mailed: boolean; proved: boolean },
    session: ClientSession,
  ): Promise<void>
  /** Who holds a link's key; null for a key that leads nowhere. */
  linkHolder(parkId: string, key: string): Promise<LinkHolder | null>
  byId(id: string): Promise<PersonRow | null>
  /** Everything somebody has agreed to, the newest first. */
  consentsOf(personId: string): Promise<ConsentRow[]>
  /** Notes that a person no longer agrees to a purpose, however often he did. Returns how many consents that ended. */
  withdrawConsents(personId: string, purpose: ConsentPurpose, session: ClientSession): Promise<number>
  /** Needs whose mailed link leads to this person. */
  linksOf(personId: string): Promise<LinkRow[]>
  /** The number he wants to be called under; E.164. */
  setPhone(id: string, phone: string, session: ClientSession): Promise<void>
  /** What a person says of himself on his own page. */
  setDetails(id: string, details: Pick<PersonRow, 'name' | 'phone' | 'lang'>, session: ClientSession): Promise<void>
  /** Another address to sign in with; it must be verified, and fails when it is somebody else's. */
  setEmail(id: string, email: string, session: ClientSession): Promise<void>
  /** Guests who gave an address, which none of them has proved to be his. */
  guestsOf(parkId: string, email: string): Promise<PersonRow[]>
  /** Makes a guest one with a person: links and consents are his now, and the guest's own row is emptied. */
  adopt(guestId: string, personId: string, session: ClientSession): Promise<void>
  /**
   * Empties what is personal and deletes links and consents; the opaque id stays where records name it. Of a guest, his
   * need's words and his mails go in the same transaction.
   */
  erase(id: string, session: ClientSession): Promise<void>
}

/**
 * Guests and their links. An e-mail address given in a form proves nothing about who typed it, so each need gets a
 * person of its own; they are joined when somebody verifies the address.
 */
export function peopleRepository(db: Connection, clock: Clock): PeopleRepository {
  const { people, consents, links } = peopleModels(db)
  const add = async ({ personId, ...person }: NewGuest, hasAccount: boolean, session: ClientSession) => {
    const row = { _id: personId, ...person, phone: null, hasAccount, createdAt: clock(), erasedAt: null }
    await people.create([row], { session })
  }
  const empty = async (id: string, session: ClientSession) => {
    await people.updateOne(
      { _id: id, erasedAt: null },
      { $set: { email: null, name: null, phone: null, hasAccount: false, erasedAt: clock() } },
      { session },
    )
  }
  return {
    addGuest: (guest, session) => add(guest, false, session),
    addAccountHolder: (person, session) => add(person, true, session),
    accountHolder: (parkId, email) => people.findOne({ parkId, email, hasAccount: true }).lean<PersonRow>(),
    accountHolders: async (parkId, { q, page: asked, size }) => {
      const holds = { $regex: looselySpelt(q), $options: 'i' }
      const filter = { parkId, hasAccount: true, ...(q && { $or: [{ name: holds }, { email: holds }] }) }
      const page = pageOf(asked, size, await people.countDocuments(filter))
      const rows = await people
        .find(filter)
        .sort({ createdAt: -1, _id: -1 })
        .skip(page.offset)
        .limit(size)
        .lean<PersonRow[]>()
      return { people: rows, page }
    },
    byIds: (ids) => people.find({ _id: { $in: [...ids] } }).lean<PersonRow[]>(),
    addConsent: async (consent, session) => {
      await consents.create([{ _id: newId(), ...consent, at: clock(), withdrawnAt: null }], { session })
    },
    addLink: async ({ key, ...link }, session) => {
      await links.create([{ _id: hashOf(key), ...link, createdAt: clock() }], { session })
    },
    linkHolder: async (parkId, key) => {
      const link = await links.findOne({ _id: hashOf(key), parkId }).lean()
      const person = link && (await people.findById(link.personId).lean<PersonRow>())
      if (!link || !person) return null
      const { needId, personId, proved, mailed } = link
      if (person.hasAccount) return { kind: 'account', needId }
      return { kind: 'guest', actor: { kind: 'guest', needId, personId, proved }, person, mailed }
    },
    setPhone: async (id, phone, session) => {
      await people.updateOne({ _id: id, erasedAt: null }, { $set: { phone } }, { session })
    },
    byId: (id) => people.findById(id).lean<PersonRow>(),
    setDetails: async (id, { name, phone, lang }, session) => {
      await people.updateOne({ _id: id, erasedAt: null }, { $set: { name, phone, lang } }, { session })
    },
    setEmail: async (id, email, session) => {
      await people.updateOne({ _id: id, erasedAt: null }, { $set: { email } }, { session })
    },
    guestsOf: (parkId, email) => people.find({ parkId, email, hasAccount: false }).lean<PersonRow[]>(),
    adopt: async (guestId, personId, session) => {
      await links.updateMany({ personId: guestId }, { $set: { personId } }, { session })
      await consents.updateMany({ personId: guestId }, { $set: { personId } }, { session })
      await empty(guestId, session)
    },
    consentsOf: (personId) => consents.find({ personId }).sort({ at: -1 }).lean<ConsentRow[]>(),
    withdrawConsents: async (personId, purpose, session) => {
      const { modifiedCount } = await consents.updateMany(
        { personId, purpose, withdrawnAt: null },
        { $set: { withdrawnAt: clock() } },
        { session },
      )
      return modifiedCount
    },
    linksOf: (personId) => links.find({ personId }).lean<LinkRow[]>(),
    erase: async (id, session) => {
      await links.deleteMany({ personId: id }, { session })
      await consents.deleteMany({ personId: id }, { session })
      await empty(id, session)
    },
  }
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')
