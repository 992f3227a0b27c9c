import { createHash, createSign, generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A small sign-in service that answers as OpenID Connect says it should, unless it is told to lie. */
export interface OpenIdProvider {
  issuer: string
  /** Settings for the product. */
  env: Record<string, string>
  /** Who is signed in there: the claims about him. */
  person: Record<string, unknown>
  /** What is wrong with its answers; nothing by default. */
  lie: Lie | null
  /** Authorization requests so far, as they came. */
  readonly asked: URLSearchParams[]
  close(): Promise<void>
}

export type Lie =
  | 'refuses'
  | 'another state'
  | 'another nonce'
  | 'another issuer'
  | 'another audience'
  | 'expired'
  | 'forged signature'
  | 'no signature'
  | 'no id token'
  | 'broken down'

const CLIENT = { id: 'park', secret: 'a secret of the park' }

export async function startOpenIdProvider(): Promise<OpenIdProvider> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const forger = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, URLSearchParams>()
  const server = createServer((req, res) => void answer(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider: OpenIdProvider = {
    issuer,
    env: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret, OIDC_NAME: 'Cổng tỉnh' },
    person: { sub: 'subject-1', email: 'chi.bay@tinh.example', email_verified: true, name: 'Chị Bảy' },
    lie: null,
    asked: [],
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
  return provider

  async function answer(req: IncomingMessage, res: ServerResponse) {
    const url = new URL(req.url ?? '/', issuer)
    const json = (body: unknown, status = 200) =>
      res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    if (provider.lie === 'broken down') return json({}, 503)
    if (url.pathname === '/.well-known/openid-configuration') return json(metadata(issuer))
    if (url.pathname === '/jwks')
      return json({ keys: [{ ...(jwk() as object), kid: 'one', use: 'sig', alg: 'RS256' }] })
    if (url.pathname === '/authorize') return authorize(url.searchParams, res)
    if (url.pathname === '/token') return json(...token(new URLSearchParams(await bodyOf(req))))
    return json({}, 404)
  }

  function jwk(): JsonWebKey {
    return keys.publicKey.export({ format: 'jwk' })
  }

  function authorize(asked: URLSearchParams, res: ServerResponse) {
    provider.asked.push(asked)
    const back = new URL(asked.get('redirect_uri') ?? '')
    const state = provider.lie === 'another state' ? 'made-up' : (asked.get('state') ?? '')
    if (provider.lie === 'refuses') back.searchParams.set('error', 'access_denied')
    else {
      const code = randomBytes(16).toString('hex')
      codes.set(code, asked)
      back.searchParams.set('code', code)
    }
    back.searchParams.set('state', state)
    res.writeHead(302, { Location: back.href }).end()
  }

  function token(sent: URLSearchParams): [unknown, number?] {
    const asked = codes.get(sent.get('code') ?? '')
    codes.delete(sent.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url')
    const right =
      asked?.get('client_id') === CLIENT.id &&
      sent.get('client_secret') === CLIENT.secret &&
      sent.get('redirect_uri') === asked.get('redirect_uri') &&
      asked.get('code_challenge_method') === 'S256' &&
      asked.get('code_challenge') === challenge
    if (!right) return [{ error: 'invalid_grant' }, 400]
    const { lie } = provider
    const id = lie === 'no id token' ? {} : { id_token: idToken(asked.get('nonce') ?? '') }
    return [{ access_token: 'access', token_type: 'Bearer', expires_in: 60, ...id }]
  }

  function idToken(nonce: string): string {
    const { lie, person } = provider
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: lie === 'another issuer' ? 'https://evil.example' : issuer,
      aud: lie === 'another audience' ? 'somebody else' : CLIENT.id,
      exp: lie === 'expired' ? now - 3600 : now + 300,
      iat: lie === 'expired' ? now - 7200 : now,
      nonce: lie === 'another nonce' ? 'made-up' : nonce,
      ...person,
    }
    const alg = lie === 'no signature' ? 'none' : 'RS256'
    const text = `${part({ alg, kid: 'one', typ: 'JWT' })}.${part(claims)}`
    if (lie === 'no signature') return `${text}.`
    const key = lie === 'forged signature' ? forger.privateKey : keys.privateKey
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`
  }
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
})

async function bodyOf(req: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of req) body += chunk
  return body
}
