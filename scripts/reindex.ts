import { loadConfig } from '../src/config.js'
import type { BuiltIndex } from '../src/modules/indexing/index.js'
import { createCommand, EXIT, runCommand } from './support/command.js'
import { withCore } from './support/core.js'

const HELP = `
The built-in engine keeps its indexes in memory and builds them anew at each start, so that nothing has to be repaired:
this command shows that every record can be indexed, how many there are, and how long a start takes for it.

A running product on the built-in database holds the data folder: stop it first.

Exit code: 0 done, 2 the database cannot be used or an index cannot be built.`

const command = createCommand(
  'reindex',
  'Builds the search indexes from the database, and says how many documents and how long.',
)
  .option('--json', 'end with one line of JSON: {"indexes": [{"index", "documents", "ms"}]}')
  .addHelpText('after', HELP)
  .action(reindex)

await runCommand(command)

async function reindex({ json = false }: { json?: boolean }) {
  const indexes: BuiltIndex[] = []
  await withCore(loadConfig(process.env), (core) =>
    core.indexing.start(({ index, documents, ms }) => {
      indexes.push({ index, documents, ms: Math.round(ms) })
      process.stdout.write(`${index}: ${documents} documents in ${(ms / 1000).toFixed(1)} s\n`)
    }),
  )
  if (json) process.stdout.write(`${JSON.stringify({ indexes })}\n`)
  process.exitCode = EXIT.done
}
