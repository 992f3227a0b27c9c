import { startBuiltinDatabase } from '../../../../src/platform/db/builtin/index.js'

// Runs the database of the folder that is named first, and prints where it is, until the process is ended.
const database = await startBuiltinDatabase({ dataDir: process.argv[2] ?? '' })
process.stdout.write(`${JSON.stringify({ uri: database.uri, pid: database.pid })}\n`)
setInterval(() => {}, 60_000)
