import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '../src/config.js'
import { existingArchive, stamp } from './moving/archive-path.js'
import { checked } from './moving/archived.js'
import { checkDataFiles } from './moving/data-files.js'
import { cost, inWords, sumsOf, table } from './moving/report.js'
import { restoreIntoFolder } from './moving/restore-folder.js'
import { restoreIntoServer } from './moving/restore-server.js'
import { createCommand, EXIT, interruption, runCommand } from './support/command.js'

const HELP = `
All of the file is read and its checksums compared before anything is done. The product must be stopped: a running one on the built-in
database is noticed; with MONGODB_URI stop every instance yourself.

Where there is data it is left alone, unless --replace says otherwise. The built-in database and the files that are replaced are kept in
DATA_DIR/before-restore-…, which you delete when all is well; the former data of a MongoDB server is gone. Until the restored data has
been compared with the archive, the data that is there stays in its place, so a restore that fails changes nothing.

The search index is made anew when the product starts. Mails that waited when the backup was made are sent then.

Exit code: 0 restored, and equal to the archive, 2 not restored, and nothing is changed unless it says so, 130 stopped and nothing is changed.`

const command = createCommand('restore', 'Puts the data of a backup in the place of the data of the product.')
  .argument('<file>', 'a backup, or an export')
  .option('--replace', 'put it in the place of data that is there')
  .option('--json', 'end with one line of JSON')
  .addHelpText('after', HELP)
  .action(restore)

await runCommand(command)

async function restore(file: string, { replace = false, json }: { replace?: boolean; json?: true }) {
  const config = loadConfig(process.env)
  const started = performance.now()
  const archive = await checked(existingArchive(file))
  checkDataFiles(archive.files)
  const { dataDir, mongodbUri } = config
  const aside = join(dataDir, `before-restore-${stamp(new Date())}`)
  const options = { dataDir, replace, aside, signal: interruption() }
  const compared = await (mongodbUri
    ? restoreIntoServer(mongodbUri, archive, options)
    : restoreIntoFolder(archive, options))
  const { seconds, memoryMb } = cost(started)
  const kept = existsSync(aside) ? aside : null
  const { madeAt } = archive.header
  const secrets = archive.files.some(({ path }) => path.startsWith('secrets/'))
  const lines = [
    `${inWords(sumsOf(compared))}: restored and equal to the archive, in ${seconds} s with at most ${memoryMb} MB of memory.`,
    madeAt ? `The data is that of ${madeAt.toISOString()}.` : null,
    kept && `What was there is kept in ${kept}: delete it when all is well.`,
    secrets
      ? null
      : 'The archive holds no secrets: those in the data folder stay. If it was made with others, second factors cannot be read.',
    'The search index is made anew when the product starts. Then run: npm run audit -- verify',
  ]
  process.stdout.write(`${table(compared)}${lines.filter(Boolean).join('\n')}\n`)
  if (json) process.stdout.write(`${JSON.stringify({ ...sumsOf(compared), kept, seconds, memoryMb })}\n`)
  process.exitCode = EXIT.done
}
