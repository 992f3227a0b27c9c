import { uriOf } from '../../src/platform/db/builtin/address.js'
import type { BuiltinDatabase, BuiltinDatabaseOptions } from '../../src/platform/db/builtin/index.js'
import { startServer } from '../../src/platform/db/builtin/server.js'
import { prepareSocketPath } from '../../src/platform/db/builtin/socket-path.js'

/**
 * The built-in database in this process instead of in one of its own: the same protocol over the same kind of socket, without the second
 * of work that a process takes to start. What becomes of the process itself is the business of `contract/db/lifecycle.test.ts`.
 */
export async function startDatabaseHere({
  dataDir,
  log = () => {},
  testCommands = false,
}: BuiltinDatabaseOptions): Promise<BuiltinDatabase> {
  const socket = prepareSocketPath(dataDir)
  const server = await startServer({ dataDir, socket, log, testCommands })
  return { uri: uriOf(socket), pid: process.pid, close: () => server.close() }
}
