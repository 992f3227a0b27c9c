import { type Connection, type Model, Schema } from 'mongoose'
import type { StaffRole } from '../../kernel/permissions.js'
import { RETENTION, secondsOf } from '../../kernel/retention.js'

/** The second factor of an account: codes by time (RFC 6238), and codes on paper for when the phone is lost. */
export interface SecondFactor {
  /** Shared secret, base32, sealed with a key that does not stand in the database. */
  secret: string
  confirmedAt: Date
  /** Time step of the code taken last; each counts once. */
  lastStep: number
  /** SHA-256 of the recovery codes that are left, hexadecimal. */
  recoveryCodes: string[]
}

/** How a person gets in. Who he is stands in `people`, under the same id. */
export interface AccountRow {
  /** Id of the person. */
  _id: string
  parkId: string
  /** argon2id; null for somebody who comes in through the park's own sign-in service only. */
  passwordHash: string | null
  passwordChangedAt: Date | null
  staff: StaffRole | null
  secondFactor: SecondFactor | null
  /** Subject at the sign-in service, when he has come in through it. */
  openIdSubject: string | null
  suspendedAt: Date | null
  /** Came with the demonstration data; its password is printed at the start. */
  demonstration: boolean
  createdAt: Date
  /** The last day on which somebody signed in or was signed in; noted once a day. */
  usedAt: Date | null
  /** When he was told that the account will be erased for want of use. */
  warnedAt: Date | null
  /** Counts the questions who the last administrator is, for the sake of being written to. */
  asked?: number
}

/** One sign-in on one browser. The session points to it; ended here, the session is worth nothing. */
export interface SignInRow {
  _id: string
  parkId: string
  personId: string
  createdAt: Date
  /** Written at most every ten minutes. */
  lastSeenAt: Date
  /** When the second factor was given in it. */
  secondFactorAt: Date | null
  /** Browser and system in words, "Chrome, Android", as far as they are known; never the whole header. */
  device: string
  endedAt: Date | null
}

const secondFactor = new Schema<SecondFactor>(
  { secret: String, confirmedAt: Date, lastStep: Number, recoveryCodes: [String] },
  { _id: false },
)

const account = new Schema<AccountRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    passwordHash: { type: String, default: null },
    passwordChangedAt: { type: Date, default: null },
    staff: { type: String, default: null },
    secondFactor: { type: secondFactor, default: null },
    openIdSubject: { type: String, default: null },
    suspendedAt: { type: Date, default: null },
    demonstration: { type: Boolean, default: false },
    createdAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
    warnedAt: { type: Date, default: null },
    asked: Number,
  },
  { collection: 'accounts', versionKey: false },
)

const signIn = new Schema<SignInRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    personId: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    secondFactorAt: { type: Date, default: null },
    device: { type: String, default: '' },
    endedAt: { type: Date, default: null },
  },
  { collection: 'sign-ins', versionKey: false },
)

export interface AccountModels {
  accounts: Model<AccountRow>
  signIns: Model<SignInRow>
}

export function accountModels(db: Connection): AccountModels {
  const model = <T>(name: string, schema: Schema<T>) =>
    (db.models[name] as Model<T> | undefined) ?? (db.model(name, schema as Schema) as unknown as Model<T>)
  return { accounts: model('Account', account), signIns: model('SignIn', signIn) }
}

export async function createAccountIndexes(db: Connection): Promise<void> {
  const { accounts, signIns } = accountModels(db)
  await accounts.collection.createIndex({ parkId: 1, staff: 1 })
  await accounts.collection.createIndex({ parkId: 1, usedAt: 1 })
  await accounts.collection.createIndex(
    { parkId: 1, openIdSubject: 1 },
    { unique: true, partialFilterExpression: { openIdSubject: { $type: 'string' } } },
  )
  await signIns.collection.createIndex({ personId: 1, endedAt: 1 })
  await signIns.collection.createIndex({ lastSeenAt: 1 }, { expireAfterSeconds: secondsOf(RETENTION.signInDays) })
}
