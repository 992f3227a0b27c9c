import * as client from 'openid-client'

/** The park's own sign-in service, as OpenID Connect: https://openid.net/specs/openid-connect-core-1_0.html */
export interface OpenIdSettings {
  issuer: string
  clientId: string
  clientSecret: string
  /** What people call it, on the button: "Google Workspace", "tài khoản tỉnh". */
  name: string
}

/** What has to come back with the answer, so that it is the answer to this very question. */
export interface OpenIdChecks {
  state: string
  nonce: string
  /** Of the code challenge (PKCE). */
  verifier: string
}

/** What the service says about somebody. */
export interface OpenIdPerson {
  /** Its own name for him, which stays the same when his address changes. */
  subject: string
  email: string | null
  emailVerified: boolean
  name: string | null
}

/** `refused`: he, or the service, said no. `away`: it does not answer. `untrue`: its answer does not hold. */
export type OpenIdFault = 'refused' | 'away' | 'untrue'

export type OpenIdResult<T> = ({ ok: true } & T) | { ok: false; reason: OpenIdFault; cause: unknown }

export interface OpenIdClient {
  name: string
  begin(): Promise<OpenIdResult<{ address: string; checks: OpenIdChecks }>>
  /** `query`: of the address that the service sent the browser back to, with its question mark. */
  finish(query: string, checks: OpenIdChecks): Promise<OpenIdResult<{ person: OpenIdPerson }>>
}

const SCOPE = 'openid email profile'

/** Seconds in which the service must answer. */
const PATIENCE = 10

/**
 * Asks the service by authorization code with PKCE, state and nonce. Where it is, it is asked at the first use and not at
 * the start, so that its absence is nobody's trouble but of those who want to come in through it.
 */
export function openIdClient(settings: OpenIdSettings, callback: string): OpenIdClient {
  let found: Promise<client.Configuration> | undefined
  const configuration = () => {
    found ??= discover(settings).catch((error) => {
      found = undefined
      throw error
    })
    return found
  }

  return {
    name: settings.name,
    begin: () =>
      told(async () => {
        const config = await configuration()
        const checks = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          verifier: client.randomPKCECodeVerifier(),
        }
        const address = client.buildAuthorizationUrl(config, {
          redirect_uri: callback,
          scope: SCOPE,
          state: checks.state,
          nonce: checks.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
          code_challenge_method: 'S256',
        })
        return { address: address.href, checks }
      }),
    finish: (query, { state, nonce, verifier }) =>
      told(async () => {
        const config = await configuration()
        const tokens = await client.authorizationCodeGrant(config, new URL(callback + query), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        return { person: await personFrom(config, tokens) }
      }),
  }
}

async function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<client.Configuration> {
  // The configuration lets plain http pass for this machine alone.
  const insecure = issuer.startsWith('http:') ? [client.allowInsecureRequests] : []
  return client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    execute: [...insecure, client.enableNonRepudiationChecks],
    timeout: PATIENCE,
  })
}

async function personFrom(
  config: client.Configuration,
  tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>,
): Promise<OpenIdPerson> {
  const claims = tokens.claims()
  if (!claims) throw new TypeError('the service sent no id token')
  // Some services keep the address out of the token.
  const more = claims.email === undefined ? await infoOf(config, tokens.access_token, claims.sub) : claims
  return {
    subject: claims.sub,
    email: textOf(more.email),
    emailVerified: more.email_verified === true,
    name: textOf(more.name ?? claims.name),
  }
}

const infoOf = async (
  config: client.Configuration,
  token: string,
  subject: string,
): Promise<client.UserInfoResponse> =>
  config.serverMetadata().userinfo_endpoint ? client.fetchUserInfo(config, token, subject) : { sub: subject }

const textOf = (claim: unknown): string | null => (typeof claim === 'string' && claim.trim() ? claim.trim() : null)

async function told<T>(work: () => Promise<T>): Promise<OpenIdResult<T>> {
  try {
    return { ok: true, ...(await work()) }
  } catch (cause) {
    return { ok: false, reason: faultOf(cause), cause }
  }
}

function faultOf(error: unknown): OpenIdFault {
  if (error instanceof client.AuthorizationResponseError) return 'refused'
  const { code, cause } = error as { code?: string; cause?: unknown }
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') return 'away'
  // What `fetch` throws when nobody answers.
  return error instanceof TypeError && error.message === 'fetch failed' && cause ? 'away' : 'untrue'
}
