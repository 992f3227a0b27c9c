import { join, resolve } from 'node:path'
import { z } from 'zod'

/** The only reader of the environment. A wrong value stops the start with one line that names the variable. */

export interface Config {
  readonly production: boolean
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** Origin of every absolute link, without a trailing slash. */
  readonly publicUrl: string
  /** Whether forwarded headers count. */
  readonly trustProxy: boolean
  /** Missing: the built-in database. */
  readonly mongodbUri: string | undefined
  /** Missing: the built-in search engine alone. */
  readonly meilisearch: { url: string; key: string | undefined } | undefined
  /** An endpoint that makes vectors of texts, for which they leave the product; missing: ranking does without. */
  readonly embeddings: { url: string; model: string; key: string | undefined } | undefined
  /** Missing: mail is kept in the database. */
  readonly smtpUrl: string | undefined
  readonly mailFrom: string
  /** Signs the session cookie. Missing: one is made and kept in the data folder, outside production. */
  readonly sessionSecret: string | undefined
  /** The park's own sign-in service; missing: people sign in with passwords alone. */
  readonly openId: { issuer: string; clientId: string; clientSecret: string; name: string } | undefined
  /** Whether an empty built-in database may be filled with demonstration data. */
  readonly demo: boolean
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** The environment holds a value the product cannot use. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

const wants = (what: string) => ({ error: `wants ${what}` })

const url = (protocols: RegExp, example: string) =>
  z.string().refine((s) => URL.canParse(s) && protocols.test(new URL(s).protocol), wants(example))

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).href === `${new URL(text).origin}/`

/** As many as the session's signature is worth. */
const SECRET_BYTES = 32
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: optional(z.string().regex(/^[\w.:-]+$/, wants('a host name or an address such as 127.0.0.1'))),
  PORT: optional(
    z
      .string()
      .regex(/^\d{1,5}$/, wants('a port number from 0 to 65535'))
      .refine((s) => Number(s) <= 65_535, wants('a port number from 0 to 65535')),
  ),
  DATA_DIR: optional(z.string()),
  PUBLIC_URL: optional(
    url(/^https?:$/, 'an address such as https://example.vn').refine(isOrigin, wants('an address without a path')),
  ),
  TRUST_PROXY: optional(z.enum(['on', 'off'], wants('on or off'))),
  // A list of hosts is no URL to the WHATWG parser, so only the scheme is checked; the driver judges the rest.
  MONGODB_URI: optional(z.string().regex(/^mongodb(\+srv)?:\/\/\S+$/, wants('an address that starts with mongodb://'))),
  MEILI_URL: optional(url(/^https?:$/, 'an address such as http://127.0.0.1:7700')),
  MEILI_KEY: optional(z.string()),
  EMBEDDINGS_URL: optional(
    url(/^https?:$/, 'an address such as https://embeddings.example/v1').refine(
      (s) => new URL(s).username === '' && new URL(s).search === '',
      wants('an address without a user name and without a query'),
    ),
  ),
  EMBEDDINGS_MODEL: optional(z.string().max(200, wants('at most 200 characters'))),
  EMBEDDINGS_KEY: optional(z.string()),
  SMTP_URL: optional(url(/^smtps?:$/, 'an address such as smtp://user:password@mail.example:587')),
  MAIL_FROM: optional(z.string().regex(/^[^<>\n]*<?[^\s<>@]+@[^\s<>@]+>?$/, wants('an e-mail address'))),
  SESSION_SECRET: optional(
    z
      .string()
      .refine(
        (s) => Buffer.byteLength(s) >= SECRET_BYTES,
        wants(`at least ${SECRET_BYTES} bytes that nobody can guess`),
      ),
  ),
  OIDC_ISSUER: optional(
    url(/^https?:$/, 'an address such as https://accounts.example.vn').refine(
      (s) => !s.startsWith('http:') || LOOPBACK.test(new URL(s).hostname),
      wants('https, except on this machine'),
    ),
  ),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_NAME: optional(z.string().max(60, wants('at most 60 characters'))),
  DEMO: optional(z.enum(['on', 'off'], wants('on or off'))),
  LOG_LEVEL: optional(
    z.enum(['debug', 'info', 'warn', 'error', 'silent'], wants('debug, info, warn, error or silent')),
  ),
})

/**
 * Reads the configuration.
 * @throws {ConfigError} naming the first variable that is wrong and what it wants.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new ConfigError(`${String(issue?.path[0])} ${issue?.message}`)
  }
  const e = parsed.data
  if (e.MEILI_KEY && !e.MEILI_URL) throw new ConfigError('MEILI_KEY wants MEILI_URL beside it')
  const production = e.NODE_ENV === 'production'
  // Both have stand-ins for trying and developing that would be wrong where others rely on the product.
  if (production && !e.SESSION_SECRET)
    throw new ConfigError(`SESSION_SECRET wants ${SECRET_BYTES} bytes that nobody can guess`)
  if (production && !e.PUBLIC_URL)
    throw new ConfigError('PUBLIC_URL wants the address that people reach the product at')
  const port = Number(e.PORT ?? 3000)
  const host = e.HOST ?? '127.0.0.1'
  return Object.freeze({
    production,
    host,
    port,
    dataDir: resolve(e.DATA_DIR ?? join('.', 'data')),
    publicUrl: e.PUBLIC_URL ? withoutSlash(e.PUBLIC_URL) : `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    trustProxy: e.TRUST_PROXY === 'on',
    mongodbUri: e.MONGODB_URI,
    meilisearch: e.MEILI_URL ? { url: withoutSlash(e.MEILI_URL), key: e.MEILI_KEY } : undefined,
    embeddings: embeddingsFrom(e),
    smtpUrl: e.SMTP_URL,
    openId: openIdFrom(e),
    mailFrom: e.MAIL_FROM ?? 'Cầu Nối Số <khong-tra-loi@localhost.example>',
    sessionSecret: e.SESSION_SECRET,
    demo: e.DEMO !== 'off',
    logLevel: e.LOG_LEVEL ?? 'info',
  })
}

function embeddingsFrom(e: z.output<typeof environment>): Config['embeddings'] {
  if (!e.EMBEDDINGS_URL) {
    if (e.EMBEDDINGS_KEY) throw new ConfigError('EMBEDDINGS_KEY wants EMBEDDINGS_URL beside it')
    return undefined
  }
  if (!e.EMBEDDINGS_MODEL) throw new ConfigError('EMBEDDINGS_URL wants EMBEDDINGS_MODEL beside it')
  return { url: withoutSlash(e.EMBEDDINGS_URL), model: e.EMBEDDINGS_MODEL, key: e.EMBEDDINGS_KEY }
}

function openIdFrom(e: z.output<typeof environment>): Config['openId'] {
  if (!e.OIDC_ISSUER) return undefined
  if (!e.OIDC_CLIENT_ID) throw new ConfigError('OIDC_ISSUER wants OIDC_CLIENT_ID beside it')
  if (!e.OIDC_CLIENT_SECRET) throw new ConfigError('OIDC_ISSUER wants OIDC_CLIENT_SECRET beside it')
  const name = e.OIDC_NAME ?? new URL(e.OIDC_ISSUER).host
  return { issuer: e.OIDC_ISSUER, clientId: e.OIDC_CLIENT_ID, clientSecret: e.OIDC_CLIENT_SECRET, name }
}

const withoutSlash = (text: string) => text.replace(/\/+$/, '')
