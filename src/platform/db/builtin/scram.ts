import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { bytesOf, type Doc, Rank, rankOf } from './bson/values.js'
import { MongoError } from './errors.js'

/** The one user there is. */
export const USER = 'builtin'
/** The least that drivers accept. */
const ITERATIONS = 4096

/** What the server keeps of a password: SCRAM-SHA-256, RFC 5802 and RFC 7677. */
export class Credential {
  readonly salt = randomBytes(16)
  readonly storedKey: Buffer
  readonly serverKey: Buffer

  constructor(password: string) {
    const salted = pbkdf2Sync(password, this.salt, ITERATIONS, 32, 'sha256')
    this.storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest()
    this.serverKey = hmac(salted, 'Server Key')
  }
}

/** One connection's way in: until the client has shown that it knows the password, little is answered. */
export class Gate {
  private proved = false
  private conversation: { nonce: string; soFar: string } | undefined

  constructor(private readonly credential: Credential) {}

  /** Whether the client has shown that it knows the password. */
  get admitted(): boolean {
    return this.proved
  }

  /**
   * The answer to a command of authentication; undefined for a command that may pass.
   * @throws MongoError Unauthorized, AuthenticationFailed
   */
  answer(body: Doc): Doc | undefined {
    const [name = ''] = Object.keys(body)
    if (name === 'saslStart') return this.start(body)
    if (name === 'saslContinue') return this.finish(body)
    if (this.proved || OPEN_TO_ALL.has(name)) return undefined
    throw new MongoError('Unauthorized', `Command ${name} requires authentication`)
  }

  private start(body: Doc): Doc {
    this.proved = false
    const bare = /^n,,(n=([^,]*),r=([^,]+))$/.exec(textOf(body.payload))
    if (body.mechanism !== 'SCRAM-SHA-256' || bare?.[2] !== USER) throw refused()
    const nonce = `${bare[3]}${randomBytes(18).toString('base64')}`
    const first = `r=${nonce},s=${this.credential.salt.toString('base64')},i=${ITERATIONS}`
    this.conversation = { nonce, soFar: `${bare[1]},${first}` }
    return reply(first, false)
  }

  private finish(body: Doc): Doc {
    const { conversation } = this
    this.conversation = undefined
    const [, unproved = '', nonce, proof = ''] = /^(c=biws,r=([^,]*)),p=(.*)$/.exec(textOf(body.payload)) ?? []
    if (!conversation || nonce !== conversation.nonce) throw refused()
    const message = `${conversation.soFar},${unproved}`
    const { storedKey, serverKey } = this.credential
    const clientKey = exclusiveOr(hmac(storedKey, message), Buffer.from(proof, 'base64'))
    if (!timingSafeEqual(createHash('sha256').update(clientKey).digest(), storedKey)) throw refused()
    this.proved = true
    return reply(`v=${hmac(serverKey, message).toString('base64')}`, true)
  }
}

/** What drivers ask before they say who they are. */
const OPEN_TO_ALL = new Set(['hello', 'isMaster', 'ismaster', 'ping'])

const reply = (payload: string, done: boolean): Doc => ({
  conversationId: 1,
  done,
  payload: Buffer.from(payload),
  ok: 1,
})

const textOf = (payload: unknown): string =>
  rankOf(payload) === Rank.Binary ? Buffer.from(bytesOf(payload).bytes).toString('utf8') : ''

const refused = (): MongoError => new MongoError('AuthenticationFailed', 'Authentication failed.')

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

const exclusiveOr = (left: Buffer, right: Buffer): Buffer => left.map((byte, i) => byte ^ (right[i] ?? 0)) as Buffer
