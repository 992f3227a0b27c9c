import type { Command } from 'commander'
import { type Report, table } from './bench/figures.js'
import { createCommand, EXIT, interruption, positiveInteger, runCommand } from './support/command.js'
import { cutTheLog, flipBits } from './torture/damage.js'
import { fillAgainAndAgain } from './torture/full.js'
import { killAgainAndAgain } from './torture/kill.js'
import { serveUntilEnded } from './torture/own-database.js'

const HELP = `
Each run works on a throw-away folder. A finding is printed with its round, and the exit code is 1; the same seed draws the same
writes and moments, though what the processor does between them is never quite the same.

Exit code: 0 nothing found, 1 something was, 2 called wrongly, or it could not be run here.`

const command = createCommand(
  'torture',
  'Breaks the built-in database under load and looks whether all it had acknowledged is there.',
).addHelpText('after', HELP)

const WAYS = [
  ['kill', 'SIGKILL at random moments under writers of single writes, batches and transactions', killAgainAndAgain],
  ['cut', 'cuts the write-ahead log that a killed database has left, at random places', cutTheLog],
  ['flip', 'turns bits round in the log, the database file and the page sums of a killed database', flipBits],
] as const

for (const [name, description, run] of WAYS)
  way(name, description).action((options) => tell(run({ ...options, onProgress })))

way('full', 'fills the file system under writers, or makes it read-only, and gives room again')
  .option(
    '--folder <folder>',
    'an empty one on a small file system; without it one is mounted, which root may on Linux',
  )
  .action((options) => tell(fillAgainAndAgain({ ...options, onProgress })))

command
  .command('serve <folder>', { hidden: true })
  .description('runs the database of a folder until it is told to end, or killed')
  .action(serveUntilEnded)

await runCommand(command)

function way(name: string, description: string): Command {
  return command
    .command(name)
    .description(description)
    .option('--rounds <number>', 'how often', positiveInteger, 200)
    .option('--writers <number>', 'how many write at once', positiveInteger, 8)
    .option('--seed <number>', 'of all that is random', positiveInteger, newSeed())
}

function newSeed(): number {
  return 1 + Math.floor(Math.random() * 999_999)
}

function onProgress(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function tell(report: Promise<Report>): Promise<void> {
  // An exit, unlike the end by a signal, gives back what was mounted and made for the run.
  interruption().addEventListener('abort', () => process.exit(EXIT.interrupted))
  const { rows, fine, notes = [] } = await report
  process.stdout.write([table(rows), ...notes, ''].join('\n'))
  process.exitCode = fine ? EXIT.done : EXIT.partly
}
