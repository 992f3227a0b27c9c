import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new folder for the data of this process. Whatever happens afterwards, it goes when the process ends. */
export async function throwAwayFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `cau-noi-so-${name}-`))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
