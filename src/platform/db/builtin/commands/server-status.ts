import { UUID } from 'bson'
import { bytesOf, isDoc, MAX_DOCUMENT_BYTES, Rank, rankOf, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { REPLICA_SET } from '../replica-set.js'
import type { Reply } from '../replies.js'
import { MAX_MESSAGE_BYTES } from '../wire.js'
import type { Command } from './command.js'

/** The MongoDB version whose protocol and behaviour this follows. */
const VERSION = '7.0.0'
const MAX_WIRE_VERSION = 21

/**
 * Presents itself as the primary of a replica set of one, which is what transactions and retryable writes need. No
 * `topologyVersion`: that would promise streaming answers to hello.
 */
const hello: Command = {
  name: 'hello',
  aliases: ['ismaster', 'isMaster'],
  fields: [
    'helloOk',
    'client',
    'compression',
    'topologyVersion',
    'maxAwaitTimeMS',
    'loadBalanced',
    'saslSupportedMechs',
    'speculativeAuthenticate',
    'backpressure',
  ],
  run: (_body, { address, peer }): Reply => ({
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    secondary: false,
    setName: REPLICA_SET,
    setVersion: 1,
    hosts: [address],
    primary: address,
    me: address,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    connectionId: peer.id,
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
  }),
}

const buildInfo: Command = {
  name: 'buildInfo',
  aliases: ['buildinfo'],
  fields: [],
  run: () => ({
    version: VERSION,
    versionArray: [...VERSION.split('.').map(Number), 0],
    modules: ['cau-noi-so built-in database'],
    storageEngines: ['sqlite'],
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  }),
}

const serverStatus: Command = {
  name: 'serverStatus',
  fields: [],
  run: () => ({
    version: VERSION,
    process: 'cau-noi-so built-in database',
    pid: process.pid,
    uptime: process.uptime(),
    localTime: new Date(),
    storageEngine: { name: 'sqlite' },
    mem: { resident: Math.round(process.memoryUsage().rss / 1024 / 1024) },
  }),
}

const ping: Command = { name: 'ping', fields: [], run: () => ({}) }

const connectionStatus: Command = {
  name: 'connectionStatus',
  fields: ['showPrivileges'],
  run: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
}

/** Only what the tests of expiry need can be set. */
const setParameter: Command = {
  name: 'setParameter',
  fields: ['ttlMonitorSleepSecs'],
  run(body, { setExpiryInterval }) {
    const seconds = toNumber(body.ttlMonitorSleepSecs)
    if (!(seconds >= 1)) throw new MongoError('BadValue', 'ttlMonitorSleepSecs must be greater than or equal to 1')
    setExpiryInterval(seconds)
    return {}
  },
}

const startSession: Command = {
  name: 'startSession',
  fields: [],
  run: () => ({ id: { id: new UUID() }, timeoutMinutes: 30 }),
}
const refreshSessions: Command = { name: 'refreshSessions', fields: [], run: () => ({}) }

const endSessions: Command = {
  name: 'endSessions',
  aliases: ['killSessions'],
  fields: [],
  writes: true,
  run(body, { sessions, cursors }) {
    const ended = body.endSessions ?? body.killSessions
    for (const session of Array.isArray(ended) ? ended : []) {
      const id = sessionId(session)
      if (id === undefined) continue
      sessions.endSession(id)
      cursors.killOfSession(id)
    }
    return {}
  },
}

const killAllSessions: Command = {
  name: 'killAllSessions',
  fields: [],
  run(_body, { sessions }) {
    sessions.close()
    return {}
  },
}

const commitTransaction: Command = {
  name: 'commitTransaction',
  fields: ['recoveryToken'],
  writes: true,
  run(body, { sessions, session }) {
    sessions.commit(session, toNumber(body.txnNumber))
    return {}
  },
}

const abortTransaction: Command = {
  name: 'abortTransaction',
  fields: ['recoveryToken'],
  run(body, { sessions, session }) {
    sessions.abortTransaction(session, toNumber(body.txnNumber))
    return {}
  },
}

/** The id of a logical session as hexadecimal digits. */
export function sessionId(lsid: unknown): string | undefined {
  const id = isDoc(lsid) ? lsid.id : undefined
  return rankOf(id) === Rank.Binary ? Buffer.from(bytesOf(id).bytes).toString('hex') : undefined
}

export const serverCommands: readonly Command[] = [
  hello,
  buildInfo,
  serverStatus,
  ping,
  connectionStatus,
  setParameter,
  startSession,
  refreshSessions,
  endSessions,
  killAllSessions,
  commitTransaction,
  abortTransaction,
]
