import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets } from '../../../src/platform/secrets.js'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'secrets-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const folder = () => join(dataDir, 'secrets')
const modeOf = (path: string) => statSync(path).mode & 0o777

test('secrets are made once, of 256 bits each, and stay the same', () => {
  const made = loadSecrets(dataDir)
  expect(made.session).toMatch(/^[0-9a-f]{64}$/)
  expect(made.csrf).toMatch(/^[0-9a-f]{64}$/)
  expect(made.session).not.toBe(made.csrf)
  expect(loadSecrets(dataDir)).toEqual(made)
})

test('only their owner can read them, and nothing else is left beside them', () => {
  loadSecrets(dataDir)
  expect(modeOf(folder())).toBe(0o700)
  expect(readdirSync(folder()).sort()).toEqual([
    'csrf',
    'demonstration',
    'device',
    'sealing',
    'session',
    'unsubscribing',
  ])
  for (const name of ['csrf', 'demonstration', 'device', 'sealing', 'session', 'unsubscribing'])
    expect(modeOf(join(folder(), name))).toBe(0o600)
})

test('an empty file, as a full disk leaves it, is no secret: another is made, for the owner alone', () => {
  mkdirSync(folder())
  writeFileSync(join(folder(), 'session'), '\n', { mode: 0o644 })
  const { session } = loadSecrets(dataDir)
  expect(session).toMatch(/^[0-9a-f]{64}$/)
  expect(readFileSync(join(folder(), 'session'), 'utf8')).toBe(session)
  expect(modeOf(join(folder(), 'session'))).toBe(0o600)
  expect(loadSecrets(dataDir).session).toBe(session)
})

test('a secret that an operator put there is kept', () => {
  mkdirSync(folder())
  writeFileSync(join(folder(), 'csrf'), 'of-my-own\n')
  expect(loadSecrets(dataDir).csrf).toBe('of-my-own')
})
