import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { inject } from 'vitest'
import { loadConfig } from '../../src/config.js'
import { openCore } from '../../src/core.js'
import { prepare } from '../../src/preparing.js'
import { startDatabaseHere } from './database-here.js'

/** The data folder of a product that has started once, with the demonstration data or empty; made once for all processes of a run. */
export async function preparedFolder(demo: boolean): Promise<string> {
  const folder = join(inject('folder'), demo ? 'demonstration' : 'empty')
  const [making, failed] = [`${folder}-making`, `${folder}-failed`]
  if (isFirst(`${folder}-begun`)) {
    await fill(making, demo).catch((error) => {
      writeFileSync(failed, String(error))
      throw error
    })
    renameSync(making, folder)
  }
  while (!existsSync(folder)) {
    if (existsSync(failed)) throw new Error('the data folder for tests could not be made')
    await wait(20)
  }
  return folder
}

/** Makes a folder as a sign for the others; false where somebody else has. */
function isFirst(sign: string): boolean {
  try {
    mkdirSync(sign)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function fill(folder: string, demo: boolean): Promise<void> {
  const config = loadConfig({ DATA_DIR: folder, DEMO: demo ? 'on' : 'off' })
  const core = await openCore(config, pino({ level: 'silent' }), { startDatabase: startDatabaseHere })
  await prepare(core, () => {})
  await core.close()
}
