import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Secrets that nobody gives: made once, kept in the data folder, readable by the owner alone. */
export interface Secrets {
  /** Signs the session cookie. */
  session: string
  /** Signs the forms' tokens. */
  csrf: string
}

export function loadSecrets(dataDir: string): Secrets {
  const folder = join(dataDir, 'secrets')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const secret = (name: string) => {
    const path = join(folder, name)
    try {
      writeFileSync(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    return readFileSync(path, 'utf8').trim()
  }
  return { session: secret('session'), csrf: secret('csrf') }
}
