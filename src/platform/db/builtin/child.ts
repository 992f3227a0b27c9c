import { messageOf } from '../../../kernel/errors.js'
import { PASSWORD_VARIABLE } from './address.js'
import { startServer } from './server.js'
import { DatabaseStartError } from './storage/start-error.js'

/** What the child tells its parent. */
export type ChildMessage =
  | { type: 'listening'; port: number | null }
  | { type: 'failed'; reason: DatabaseStartError['reason']; message: string }
  | { type: 'log'; message: string }

/** What the parent tells its child. */
export type ParentMessage = { type: 'stop' }

const tell = (message: ChildMessage, told = (): void => {}): void => {
  if (process.connected) process.send?.(message, told)
  else told()
}

// The data are their owner's alone, whoever may look into the folder.
process.umask(0o077)

// A signal to the whole group is the parent's business: it drains its requests, which need the database until the end.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})

const [dataDir = '', socket = '', port = '', ...switches] = process.argv.slice(2)
const { [PASSWORD_VARIABLE]: password = '' } = process.env
delete process.env[PASSWORD_VARIABLE]
try {
  const server = await startServer({
    dataDir,
    socket: socket || null,
    ...(port ? { loopback: { port: Number(port), password } } : {}),
    log: (message) => tell({ type: 'log', message }),
    testCommands: switches.includes('--test-commands'),
  })
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    await server.close()
    process.exit(0)
  }
  process.on('message', (message: ParentMessage) => {
    if (message.type === 'stop') void stop()
  })
  process.on('disconnect', () => void stop())
  if (!process.connected) await stop()
  tell({ type: 'listening', port: server.port })
} catch (error) {
  const known = error instanceof DatabaseStartError
  const message = messageOf(error)
  const reason = known ? error.reason : 'unusable'
  // At once: SQLite would be closed otherwise, and copy the log without the page sums.
  tell({ type: 'failed', reason, message: known ? message : `The database could not start: ${message}.` }, () =>
    process.exit(1),
  )
}
