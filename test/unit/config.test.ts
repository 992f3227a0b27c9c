import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig } from '../../src/config.js'

describe('configuration', () => {
  test('an empty environment gives a product on loopback with the built-in engines', () => {
    const config = loadConfig({})
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      demo: true,
      production: false,
    })
    expect(config.mongodbUri).toBeUndefined()
    expect(config.meilisearch).toBeUndefined()
  })

  test('an empty value counts as not given', () => {
    expect(loadConfig({ PORT: '', MONGODB_URI: '' })).toMatchObject({ port: 3000, mongodbUri: undefined })
  })

  test('the public address loses its trailing slash', () => {
    expect(loadConfig({ PUBLIC_URL: 'https://cau.example/' }).publicUrl).toBe('https://cau.example')
  })

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['HOST', 'no host'],
    ['PUBLIC_URL', 'cau.example'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['PUBLIC_URL', 'https://cau.example/park'],
    ['PUBLIC_URL', 'https://a:b@cau.example'],
    ['TRUST_PROXY', 'true'],
    ['MONGODB_URI', 'postgres://x'],
    ['MEILI_URL', 'localhost:7700'],
    ['EMBEDDINGS_URL', 'localhost:11434'],
    ['EMBEDDINGS_URL', 'https://user:word@embeddings.example/v1'],
    ['EMBEDDINGS_URL', 'https://embeddings.example/v1?api-version=1'],
    ['SMTP_URL', 'http://mail.example'],
    ['MAIL_FROM', 'nobody'],
    ['SESSION_SECRET', 'x'.repeat(31)],
    ['SESSION_SECRET', 'é'.repeat(15)],
    ['OIDC_ISSUER', 'accounts.example'],
    ['OIDC_ISSUER', 'http://accounts.example'],
    ['DEMO', 'yes'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s stops the start with one line that names the variable', (name, value) => {
    const load = () => loadConfig({ [name]: value })
    expect(load).toThrow(ConfigError)
    expect(load).toThrow(new RegExp(`^${name} wants [^\\n]+$`))
  })

  test('in production the start is refused without a secret for sessions and without a public address', () => {
    const production = { NODE_ENV: 'production', SESSION_SECRET: 'x'.repeat(32), PUBLIC_URL: 'https://cau.example' }
    expect(loadConfig(production)).toMatchObject({ production: true, sessionSecret: 'x'.repeat(32) })
    for (const name of ['SESSION_SECRET', 'PUBLIC_URL'] as const) {
      for (const value of [undefined, '']) {
        const load = () => loadConfig({ ...production, [name]: value })
        expect(load).toThrow(ConfigError)
        expect(load).toThrow(new RegExp(`^${name} wants [^\\n]+$`))
      }
    }
  })
})

describe('an embedding endpoint', () => {
  const EMBEDDINGS_URL = 'https://embeddings.example/v1/'

  test('is an address, a model and perhaps a key', () => {
    expect(loadConfig({}).embeddings).toBeUndefined()
    const config = loadConfig({ EMBEDDINGS_URL, EMBEDDINGS_MODEL: 'small', EMBEDDINGS_KEY: '' })
    expect(config.embeddings).toEqual({ url: 'https://embeddings.example/v1', model: 'small', key: undefined })
  })

  test('is not had by halves', () => {
    expect(() => loadConfig({ EMBEDDINGS_URL })).toThrow('EMBEDDINGS_URL wants EMBEDDINGS_MODEL beside it')
    expect(() => loadConfig({ EMBEDDINGS_KEY: 'key' })).toThrow('EMBEDDINGS_KEY wants EMBEDDINGS_URL beside it')
  })
})
