import { MongoClient } from 'mongodb'
import { startBuiltinDatabase } from '../src/platform/db/builtin/index.js'
import { report } from './conformance/report.js'
import { type Outcome, runTest } from './conformance/run-test.js'
import { factsOf } from './conformance/server-facts.js'
import { readSpecFiles } from './conformance/spec-files.js'
import { callersPath, createCommand, EXIT, runCommand, UsageError } from './support/command.js'
import { throwAwayFolder } from './support/throw-away-folder.js'

const HELP = `
The tests are those of MongoDB's drivers, in the unified test format (github.com/mongodb/specifications, source/*/tests): the product's
driver runs them. Without MONGODB_URI they run against a built-in database of their own in a throw-away folder.

Exit code: 0 none failed, 1 some did, 2 called wrongly, or the database cannot be used.`

const command = createCommand('conformance', "Runs MongoDB's specification tests against the database.")
  .argument('<folders...>', 'folders of tests, read with all that is beneath them')
  .option('--only <text>', 'only tests whose file or description has this in it')
  .option('--json', 'end with one line of JSON: {"tests": [...]}, each with its outcome')
  .addHelpText('after', HELP)
  .action(conform)

await runCommand(command)

async function conform(folders: string[], { only = '', json = false }: { only?: string; json?: boolean }) {
  const files = (await Promise.all(folders.map((folder) => readSpecFiles(callersPath(folder))))).flat()
  if (files.length === 0) throw new UsageError('There is no test in the unified format in these folders.')
  const builtin = process.env.MONGODB_URI
    ? undefined
    : await startBuiltinDatabase({ dataDir: await throwAwayFolder('conformance'), testCommands: true })
  const uri = await ofReplicaSet(process.env.MONGODB_URI ?? builtin?.uri ?? '')
  const internal = await MongoClient.connect(uri)
  const server = { uri, internal, facts: await factsOf(internal) }
  const outcomes: Outcome[] = []
  for (const file of files)
    for (const test of file.tests)
      if (`${file.file}: ${test.description}`.includes(only)) outcomes.push(await runTest(server, file, test))
  await internal.close()
  await builtin?.close()
  process.stdout.write(report(outcomes))
  if (json) process.stdout.write(`${JSON.stringify({ tests: outcomes })}\n`)
  process.exitCode = outcomes.some(({ result }) => result === 'failed') ? EXIT.partly : EXIT.done
}

/** The tests are written for clients that discover the whole deployment, and not one member of it. */
async function ofReplicaSet(uri: string): Promise<string> {
  const client = await MongoClient.connect(uri)
  const { setName } = await client.db('admin').command({ hello: 1 })
  await client.close()
  const [base = ''] = uri.split('?')
  return setName && uri.includes('directConnection') ? `${base}?replicaSet=${setName}` : uri
}
