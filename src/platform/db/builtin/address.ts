import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { USER } from './scram.js'

const DATABASE = 'cau-noi-so'

/** In which the child is handed the password: an argument would show in the list of processes. */
export const PASSWORD_VARIABLE = 'BUILTIN_DATABASE_PASSWORD'

/** The address of a database that listens on a socket. */
export const uriOf = (socket: string): string =>
  `mongodb://${encodeURIComponent(socket)}/${DATABASE}?directConnection=true`

/** The address of one that listens on a port of the loopback interface. */
export const loopbackUri = (port: number, password: string): string =>
  `mongodb://${USER}:${password}@127.0.0.1:${port}/${DATABASE}?directConnection=true&authSource=admin&authMechanism=SCRAM-SHA-256`

const fileIn = (dataDir: string): string => join(dataDir, 'database.address')

/**
 * A socket is found by its path; the address of a port, with the password of this start, stands in a file of the owner alone. Only who holds
 * the lock of the folder notes and forgets it, so that it is never that of another start.
 */
export function noteAddress(dataDir: string, uri: string): void {
  rmSync(fileIn(dataDir), { force: true })
  writeFileSync(fileIn(dataDir), uri, { mode: 0o600, flag: 'wx' })
}

export function forgetAddress(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true })
}

export function notedAddress(dataDir: string): string | null {
  try {
    return readFileSync(fileIn(dataDir), 'utf8')
  } catch {
    return null
  }
}
