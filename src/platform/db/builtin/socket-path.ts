import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseStartError } from './storage/start-error.js'

/** Systems cut longer socket paths off, some at 104 bytes. */
const MAX_PATH_BYTES = 100

/**
 * Where the socket of a data folder is: in the folder itself, or where its path is too long, in a directory of the same owner
 * under the system's temporary one. The same folder always gets the same path, so that a crash leaves nothing to pile up.
 * @throws DatabaseStartError when the directory cannot be made, or belongs to someone else
 */
export function prepareSocketPath(dataDir: string): string {
  const near = join(resolve(dataDir), 'run', 'db.sock')
  const socket = Buffer.byteLength(near) < MAX_PATH_BYTES ? near : join(tmpdir(), directoryName(dataDir), 'db.sock')
  if (Buffer.byteLength(socket) >= MAX_PATH_BYTES) {
    throw new DatabaseStartError(
      'unusable',
      `The path ${socket} is too long for a socket: choose a shorter DATA_DIR or TMPDIR.`,
    )
  }
  ensurePrivate(join(socket, '..'))
  return socket
}

function directoryName(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  return `cns-${userInfo().uid}-${createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16)}`
}

function ensurePrivate(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new DatabaseStartError('unusable', `The directory ${directory} for the database's socket cannot be made.`, {
      cause,
    })
  }
  const { uid, mode } = lstatSync(directory)
  if (uid !== userInfo().uid || (mode & 0o077) !== 0) {
    throw new DatabaseStartError(
      'unusable',
      `The directory ${directory} for the database's socket is open to other users.`,
    )
  }
}
