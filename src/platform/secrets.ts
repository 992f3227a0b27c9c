import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Secrets that nobody gives: made once, kept in the data folder, readable by the owner alone. */
export interface Secrets {
  /** Signs the session cookie. */
  session: string
  /** Signs the forms' tokens. */
  csrf: string
  /** Encrypts what the database must not give away by itself: the shared secrets of second factors. */
  sealing: string
  /** Signs the cookie by which a device is known, and hides whose wrong guesses are counted. */
  device: string
  /** Signs the links by which somebody ends mails, without signing in. */
  unsubscribing: string
  /** What the second factors of the demonstration's people are made from. */
  demonstration: string
}

/** `given`: those that the operator gives, which stand in no file. */
export function loadSecrets(dataDir: string, given: { session?: string | undefined } = {}): Secrets {
  const folder = join(dataDir, 'secrets')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const secret = (name: keyof Secrets) => secretAt(join(folder, name))
  return {
    session: given.session ?? secret('session'),
    csrf: secret('csrf'),
    sealing: secret('sealing'),
    device: secret('device'),
    unsubscribing: secret('unsubscribing'),
    demonstration: secret('demonstration'),
  }
}

/** The secret that stands there; made where there is none or an empty file, which signs nothing. */
function secretAt(path: string): string {
  const found = readSecret(path)
  if (found) return found
  // Written aside first: a crash leaves no half of a secret, and of two processes at once both read the same.
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600, flush: true })
  try {
    if (found === '') renameSync(draft, path)
    else linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(path, 'utf8').trim()
}

/** Null where there is no such file. */
function readSecret(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return null
  }
}
