import { loadConfig } from '../src/config.js'
import { measureDatabase } from './bench/database/measure.js'
import { measureMixedLoad } from './bench/database/mixed-load.js'
import { measureDuplicates } from './bench/duplicates.js'
import { type Report, table } from './bench/figures.js'
import { measureImports } from './bench/importing.js'
import { measureMatching } from './bench/match.js'
import { measureSignIns } from './bench/rush.js'
import { measureSearch } from './bench/search/measure.js'
import { measureTellings } from './bench/telling.js'
import { measureWorkbench } from './bench/workbench.js'
import { callersPath, createCommand, EXIT, positiveInteger, runCommand } from './support/command.js'

const HELP = `
Each run starts a product of its own on a throw-away folder and ends it. Figures are of this machine and this moment; what
counts is how those of one run stand to each other.

Exit code: 0 as it should be, 1 not so, 2 called wrongly.`

const command = createCommand(
  'bench',
  'Measures how the product bears a rush, and whether its answers tell on anybody.',
).addHelpText('after', HELP)

command
  .command('sign-in')
  .description('many people signing in at once, while others read: with as many accounts, and with ten times as many')
  .option('--people <number>', 'how many at once', positiveInteger, 200)
  .option('--idle <seconds>', 'how long others read alone before', positiveInteger, 10)
  .action(({ people, idle }) => tell(measureSignIns(people, idle * 1000)))

command
  .command('timing')
  .description('answers about addresses with an account beside those about addresses without')
  .option('--times <number>', 'how often each is asked', positiveInteger, 60)
  .action(({ times }) => tell(measureTellings(times)))

command
  .command('workbench')
  .description(
    "every page of the park's staff: with as many listings and five audit entries for each, and with a tenth of them",
  )
  .option('--listings <number>', 'how many listings', positiveInteger, 20_000)
  .action(({ listings }) => tell(measureWorkbench(listings)))

command
  .command('import')
  .description('a table imported through the browser while others read: with so many rows, and with a tenth of them')
  .option('--rows <number>', 'how many rows', positiveInteger, 20_000)
  .action(({ rows }) => tell(measureImports(rows)))

command
  .command('duplicates')
  .description('finding listings that may be one: 2,000 and 20,000 of them, beside holding each against each')
  .option('--listings <number>', 'how many in the larger run', positiveInteger, 20_000)
  .action(({ listings }) => tell(measureDuplicates(listings)))

command
  .command('search')
  .description(
    'searches, suggestions and matches in invented catalogues, the largest beside a Meilisearch server where MEILI_URL is set',
  )
  .option(
    '--firms <number>',
    'how many in the largest; a tenth and a hundredth are measured, too',
    positiveInteger,
    100_000,
  )
  .option('--questions <number>', 'how many of each kind', positiveInteger, 200)
  .action(({ firms, questions }) => {
    const { meilisearch } = loadConfig(process.env)
    return tell(
      measureSearch({
        firms,
        questions,
        meilisearch: meilisearch ?? null,
        onProgress: (line) => process.stderr.write(`${line}\n`),
      }),
    )
  })

command
  .command('match')
  .description(
    'needs matched with firms, with reasons, and firms with needs: alone, and many at once while others read; with as many firms and needs, and with a tenth',
  )
  .option('--firms <number>', 'how many firms in the larger run', positiveInteger, 100_000)
  .option('--needs <number>', 'how many open needs in the larger run', positiveInteger, 10_000)
  .option('--people <number>', 'how many match at once', positiveInteger, 50)
  .option('--seconds <number>', 'how long they do', positiveInteger, 20)
  .option('--folder <path>', 'where the products are kept for another run; without it they are thrown away')
  .action(({ folder, ...options }) =>
    tell(
      measureMatching({
        ...options,
        folder: folder === undefined ? null : callersPath(folder),
        onProgress: (line) => process.stderr.write(`${line}\n`),
      }),
    ),
  )

command
  .command('db')
  .description(
    'the built-in database: finds, counts, groups, opening, memory and writes with as many documents, a tenth and a hundredth, beside plain SQLite',
  )
  .option('--documents <number>', 'how many documents in the largest collection', positiveInteger, 100_000)
  .option(
    '--minutes <number>',
    'instead: reads, writes, transactions and expiry mixed for so long, with memory and log',
    positiveInteger,
  )
  .action(({ documents, minutes }) =>
    tell(
      minutes === undefined
        ? measureDatabase(documents)
        : measureMixedLoad(minutes, (line) => process.stderr.write(`${line}\n`)),
    ),
  )

await runCommand(command)

async function tell(report: Promise<Report>): Promise<void> {
  const { rows, fine, notes = [] } = await report
  process.stdout.write([table(rows), ...notes, ''].join('\n'))
  process.exitCode = fine ? EXIT.done : EXIT.partly
}
