import { type Connection, type Model, Schema } from 'mongoose'
import { CONSENT_PURPOSES, CONSENT_WAYS, type ConsentPurpose, type ConsentWay } from '../../kernel/purposes.js'

/** The only place where a person's own data stands. Erasing empties this row; its opaque id stays in audit and versions. */
export interface PersonRow {
  _id: string
  parkId: string
  email: string | null
  name: string | null
  phone: string | null
  lang: 'vi' | 'en'
  /** Whether he signs in under this address, which is then his alone; guests of one address are persons of their own. */
  hasAccount: boolean
  createdAt: Date
  erasedAt: Date | null
}

/** Proof of a consent: which text, in which version, agreed to when. */
export interface ConsentRow {
  _id: string
  parkId: string
  personId: string
  purpose: ConsentPurpose
  /** Version of the text that was shown, a date. */
  textVersion: string
  lang: 'vi' | 'en'
  /** On what it was given. */
  way: ConsentWay
  at: Date
  withdrawnAt: Date | null
}

/** A link by which somebody without an account follows his need. Only the key's hash is kept. */
export interface LinkRow {
  /** SHA-256 of the key, hexadecimal. */
  _id: string
  parkId: string
  personId: string
  needId: string
  /** Whether the address got a mail with a link; it gets only so many a day. */
  mailed: boolean
  /** Whether the key stood in that mail and nowhere else, so that whoever has it reads what is sent to the address. */
  proved: boolean
  createdAt: Date
}

const options = (collection: string) => ({ collection, versionKey: false as const })

const person = new Schema<PersonRow>(
  {
    _id: String,
    parkId: String,
    email: String,
    name: String,
    phone: String,
    lang: String,
    hasAccount: { type: Boolean, default: false },
    createdAt: Date,
    erasedAt: Date,
  },
  options('people'),
)
const consent = new Schema<ConsentRow>(
  {
    _id: String,
    parkId: String,
    personId: String,
    // One that is not in the list of purposes was agreed to by nobody, and is not stored.
    purpose: { type: String, enum: CONSENT_PURPOSES, required: true },
    textVersion: { type: String, required: true },
    lang: String,
    way: { type: String, enum: CONSENT_WAYS, required: true },
    at: Date,
    withdrawnAt: Date,
  },
  options('consents'),
)
const link = new Schema<LinkRow>(
  {
    ...{ _id: String, parkId: String, personId: String, needId: String },
    mailed: { type: Boolean, default: false },
    proved: { type: Boolean, required: true },
    createdAt: Date,
  },
  options('links'),
)

export interface PeopleModels {
  people: Model<PersonRow>
  consents: Model<ConsentRow>
  links: Model<LinkRow>
}

export function peopleModels(db: Connection): PeopleModels {
  const model = <T>(name: string, schema: Schema<T>) =>
    (db.models[name] as Model<T> | undefined) ?? (db.model(name, schema as Schema) as unknown as Model<T>)
  return { people: model('Person', person), consents: model('Consent', consent), links: model('Link', link) }
}

/** Consents from before the way was noted: there was one form then. */
export async function nameConsentWays(db: Connection): Promise<void> {
  await peopleModels(db).consents.updateMany({ way: null }, { $set: { way: 'need-form' } })
}

/** Links from before there were two to a need: each was mailed. */
export async function countLinksAsMailed(db: Connection): Promise<void> {
  await peopleModels(db).links.updateMany({ proved: null }, { $set: { proved: true } })
}

/** One account to an address. */
export async function createAccountAddressIndex(db: Connection): Promise<void> {
  const { people } = peopleModels(db)
  await people.collection.createIndex(
    // Not in the order of the index that finds guests: one key cannot have two indexes everywhere.
    { email: 1, parkId: 1 },
    { name: 'account_address', unique: true, partialFilterExpression: { hasAccount: true } },
  )
}

/** Those who sign in, the newest first. */
export async function createAccountHolderIndex(db: Connection): Promise<void> {
  const { people } = peopleModels(db)
  await people.collection.createIndex({ parkId: 1, hasAccount: 1, createdAt: -1, _id: -1 })
}

export async function createPeopleIndexes(db: Connection): Promise<void> {
  const { people, consents, links } = peopleModels(db)
  await people.collection.createIndex({ parkId: 1, email: 1 })
  await consents.collection.createIndex({ personId: 1 })
  await links.collection.createIndex({ personId: 1 })
}
