import { statSync } from 'node:fs'
import { loadConfig } from '../src/config.js'
import { backupFolder, newArchive, stamp } from './moving/archive-path.js'
import { writeFrom } from './moving/archived.js'
import { readDataFiles } from './moving/data-files.js'
import { ownPlace, reading } from './moving/places.js'
import { cost, inWords, megabytes, sumsOf, table } from './moving/report.js'
import { createCommand, EXIT, interruption, runCommand } from './support/command.js'

const HELP = `
The product may run meanwhile: what is kept is the data as it was at one moment, the start of the backup, and nobody waits for it. It is
the same with MONGODB_URI. The file is written under another name, read again and compared, and only then gets its own.

In the file: everything in the database (people, sessions, mails, pictures, the audit log), the secrets of DATA_DIR, without which second
factors cannot be read, and the noted head of the audit log. Not in it: the search index, which is made anew after a restore, and the
settings in the environment. Whoever has the file has all of that: keep it as safe as DATA_DIR, and on another disk.

Exit code: 0 the backup is made, 2 it is not and no file is left, 130 stopped.`

interface Options {
  to?: string
  secrets: boolean
  table?: true
  json?: true
}

const command = createCommand('backup', 'Writes all data of the product to one file, while it runs or not.')
  .option('--to <file>', 'where to; a folder is given a file with the time in its name; without it, DATA_DIR/backups')
  .option('--no-secrets', 'leave out the secrets of DATA_DIR, which are then kept in another way')
  .option('--table', 'print every collection with its number of documents and checksum')
  .option('--json', 'end with one line of JSON')
  .addHelpText('after', HELP)
  .action(backup)

await runCommand(command)

async function backup({ to, secrets, table: withTable, json }: Options) {
  const config = loadConfig(process.env)
  const started = performance.now()
  const madeAt = new Date()
  const signal = interruption()
  const summary = await reading(ownPlace(config), async (db) => {
    const path = newArchive(to ?? backupFolder(config.dataDir), `cau-noi-so-${stamp(madeAt)}.archive`)
    const files = readDataFiles(config.dataDir, secrets)
    const { collections } = await writeFrom(path, db, { label: 'backup', signal, madeAt, files })
    return { path, files, collections }
  })
  const { path, files, collections } = summary
  const sums = sumsOf(collections)
  const { seconds, memoryMb } = cost(started)
  const size = statSync(path).size
  if (withTable) process.stdout.write(table(collections))
  process.stdout.write(
    `${inWords(sums)}, and ${files.length} files of the data folder, as they were at ${madeAt.toISOString()}.\n` +
      `${path}: ${megabytes(size)}, read again and compared, in ${seconds} s with at most ${memoryMb} MB of memory.\n` +
      `Not in it: the search index, which is made anew, and the settings in the environment.\n` +
      `${secrets ? 'Whoever has this file has everything, secrets included' : 'It holds no secrets: keep DATA_DIR/secrets beside it'}. Keep it safe, and on another disk.\n`,
  )
  if (json) process.stdout.write(`${JSON.stringify({ file: path, size, ...sums, seconds, memoryMb })}\n`)
  process.exitCode = EXIT.done
}
