import { chmodSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type ListenOptions, type Server, type Socket } from 'node:net'
import { messageOf } from '../../../kernel/errors.js'
import { forgetAddress, loopbackUri, noteAddress } from './address.js'
import type { Peer } from './commands/command.js'
import { Cursors } from './cursors.js'
import { Dispatcher } from './dispatcher.js'
import { Engine } from './engine.js'
import { Expiry } from './expiry.js'
import { type Answering, FailPoints } from './fail-points.js'
import { Credential, Gate } from './scram.js'
import { Sessions } from './sessions.js'
import { diskTrouble } from './storage/disk-trouble.js'
import { Framer, frameReply, MAX_MESSAGE_BYTES, parseRequest } from './wire.js'

/** Not a name, which another address might answer to. */
const LOOPBACK = '127.0.0.1'
/** Of a client that has yet to show that it knows the password: it must not fill the memory. */
const MAX_STRANGER_BYTES = 64 * 1024

export interface ServerOptions {
  dataDir: string
  /** The path of a unix socket, in a directory of its owner alone; null where there can be none. */
  socket: string | null
  /** Where there is no socket, or none can be listened on: a port of the loopback interface, 0 for any, and the password it takes. */
  loopback?: Loopback
  log: (message: string) => void
  /** Whether clients may have commands fail, as tests do. */
  testCommands?: boolean
}

export interface Loopback {
  port: number
  password: string
}

export interface RunningServer {
  /** Of the loopback interface; null where it listens on the socket. */
  port: number | null
  close(): Promise<void>
}

/**
 * Opens the data folder and listens on the socket, or on a port.
 * @throws DatabaseStartError when the data folder cannot be used
 */
export async function startServer({
  dataDir,
  socket,
  loopback,
  log,
  testCommands = false,
}: ServerOptions): Promise<RunningServer> {
  const engine = new Engine(dataDir, log)
  // One that was killed leaves it behind, and someone else may answer there by now.
  forgetAddress(dataDir)
  const cursors = new Cursors()
  const sessions = new Sessions(engine)
  const expiry = new Expiry(engine, sessions, cursors, log)
  const server = createServer()
  const port = await listenSomewhere(server, socket, loopback, log)
  const credential = port !== null && loopback ? new Credential(loopback.password) : undefined
  const dispatcher = new Dispatcher({
    engine,
    cursors,
    sessions,
    address: port === null ? String(socket) : `${LOOPBACK}:${port}`,
    setExpiryInterval: (seconds) => expiry.every(seconds),
    log,
  })
  const answering = testCommands ? new FailPoints(dispatcher) : dispatcher
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (connection) => {
    sockets.add(connection)
    connection.on('close', () => sockets.delete(connection))
    serve(connection, answering, { id: ++connections, ...(credential ? { gate: new Gate(credential) } : {}) }, log)
  })
  if (port !== null && loopback) note(dataDir, loopbackUri(port, loopback.password), log)
  expiry.every(60)
  return {
    port,
    async close() {
      expiry.stop()
      for (const connection of sockets) connection.destroy()
      await new Promise((resolve) => server.close(resolve))
      sessions.close()
      try {
        forgetAddress(dataDir)
      } finally {
        engine.close()
      }
    },
  }
}

/** On a full disk the database starts all the same; only commands beside the product do not find it. */
function note(dataDir: string, uri: string, log: (message: string) => void): void {
  try {
    noteAddress(dataDir, uri)
  } catch (error) {
    // On a read-only one it must not start.
    if (diskTrouble(error) !== 'full') throw error
    forgetAddress(dataDir)
    log(`the address of the database could not be noted: ${messageOf(error)}`)
  }
}

/** @returns the port, or null where it is the socket */
async function listenSomewhere(
  server: Server,
  socket: string | null,
  loopback: Loopback | undefined,
  log: (message: string) => void,
): Promise<number | null> {
  if (socket !== null) {
    try {
      // The data folder is ours, so a socket that is still there has no owner.
      rmSync(socket, { force: true })
      await listen(server, { path: socket })
      chmodSync(socket, 0o600)
      return null
    } catch (error) {
      if (server.listening) await new Promise((resolve) => server.close(resolve))
      if (!loopback) throw error
      log(`no socket can be listened on (${messageOf(error)}): a port takes its place`)
    }
  }
  await listen(server, { host: LOOPBACK, port: loopback?.port ?? 0 })
  return (server.address() as AddressInfo).port
}

function listen(server: Server, where: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Answers the messages of one connection in turn. */
function serve(connection: Socket, answering: Answering, peer: Peer, log: (message: string) => void): void {
  const framer = new Framer()
  let last = Promise.resolve()
  const answer = async (message: Buffer): Promise<void> => {
    const request = parseRequest(message)
    const reply = await answering.answer(request, peer)
    if (!reply) connection.destroy()
    else if (!request.silent && !connection.destroyed) connection.write(frameReply(request, reply))
  }
  const giveUp = (error: unknown): void => {
    log(`connection closed: ${messageOf(error)}`)
    connection.destroy()
  }
  connection.on('error', () => connection.destroy())
  connection.on('data', (chunk) => {
    try {
      const limit = peer.gate?.admitted === false ? MAX_STRANGER_BYTES : MAX_MESSAGE_BYTES
      for (const message of framer.push(chunk, limit)) last = last.then(() => answer(message)).catch(giveUp)
    } catch (error) {
      giveUp(error)
    }
  })
}
