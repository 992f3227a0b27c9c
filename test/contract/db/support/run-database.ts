type Builtin = typeof import('../../../../src/platform/db/builtin/index.js')

// Runs the database of the folder that is named first, and prints where it is, until the process is ended.
const root = process.env.TEST_BUILT ? '../../../../dist' : '../../../..'
const { startBuiltinDatabase } = (await import(`${root}/src/platform/db/builtin/index.js`)) as Builtin
const database = await startBuiltinDatabase({ dataDir: process.argv[2] ?? '' })
process.stdout.write(`${JSON.stringify({ uri: database.uri, pid: database.pid })}\n`)
setInterval(() => {}, 60_000)

export {}
