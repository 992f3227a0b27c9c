import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import type { Peer } from './commands/command.js'
import { Cursors } from './cursors.js'
import { Dispatcher } from './dispatcher.js'
import { Engine } from './engine.js'
import { Expiry } from './expiry.js'
import { type Answering, FailPoints } from './fail-points.js'
import { Sessions } from './sessions.js'
import { Framer, frameReply, parseRequest } from './wire.js'

export interface ServerOptions {
  dataDir: string
  socket: string
  log: (message: string) => void
  /** Whether clients may have commands fail, as tests do. */
  testCommands?: boolean
}

export interface RunningServer {
  close(): Promise<void>
}

/**
 * Opens the data folder and listens on the socket.
 * @throws DatabaseStartError when the data folder cannot be used
 */
export async function startServer({
  dataDir,
  socket,
  log,
  testCommands = false,
}: ServerOptions): Promise<RunningServer> {
  const engine = new Engine(dataDir, log)
  const cursors = new Cursors()
  const sessions = new Sessions(engine)
  const expiry = new Expiry(engine, sessions, cursors, log)
  const dispatcher = new Dispatcher({
    engine,
    cursors,
    sessions,
    address: socket,
    setExpiryInterval: (seconds) => expiry.every(seconds),
    log,
  })
  const answering = testCommands ? new FailPoints(dispatcher) : dispatcher
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((connection) => {
    sockets.add(connection)
    connection.on('close', () => sockets.delete(connection))
    serve(connection, answering, ++connections, log)
  })
  // The data folder is ours, so a socket that is still there has no owner.
  rmSync(socket, { force: true })
  await listen(server, socket)
  chmodSync(socket, 0o600)
  expiry.every(60)
  return {
    async close() {
      expiry.stop()
      for (const connection of sockets) connection.destroy()
      await new Promise((resolve) => server.close(resolve))
      sessions.close()
      engine.close()
    },
  }
}

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  })
}

/** Answers the messages of one connection in turn. */
function serve(connection: Socket, answering: Answering, id: number, log: (message: string) => void): void {
  const framer = new Framer()
  const peer: Peer = { id }
  let last = Promise.resolve()
  const answer = async (message: Buffer): Promise<void> => {
    const request = parseRequest(message)
    const reply = await answering.answer(request, peer)
    if (!reply) connection.destroy()
    else if (!request.silent && !connection.destroyed) connection.write(frameReply(request, reply))
  }
  const giveUp = (error: unknown): void => {
    log(`connection closed: ${error instanceof Error ? error.message : String(error)}`)
    connection.destroy()
  }
  connection.on('error', () => connection.destroy())
  connection.on('data', (chunk) => {
    try {
      for (const message of framer.push(chunk)) last = last.then(() => answer(message)).catch(giveUp)
    } catch (error) {
      giveUp(error)
    }
  })
}
