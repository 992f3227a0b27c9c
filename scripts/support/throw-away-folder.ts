import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A new folder for the data of this process. Whatever happens afterwards, it goes when the process ends. Its name is in small letters,
 * since MongoDB's driver makes small what a server says of where it is found, and the built-in database is found within its folder.
 */
export async function throwAwayFolder(name: string): Promise<string> {
  const folder = join(tmpdir(), `cau-noi-so-${name}-${randomUUID().slice(0, 8)}`)
  await mkdir(folder, { mode: 0o700 })
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
