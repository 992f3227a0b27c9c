import { setTimeout as wait } from 'node:timers/promises'
import { type Doc, decode, encode, isDoc, isTruthy, toNumber } from './bson/values.js'
import type { Peer } from './commands/command.js'
import { errorLabels } from './error-labels.js'
import { errorReply, MongoError } from './errors.js'
import type { Request } from './wire.js'

/** Answers requests; with nothing where the connection is to be closed. */
export interface Answering {
  answer(request: Request, peer: Peer): Promise<Uint8Array | undefined>
}

type Fault = (request: Request, peer: Peer, data: Doc) => Promise<Uint8Array | undefined>

/** A fault that is set: how many commands are spared, how many meet it then, and what is said of it. */
interface Setting {
  skip: number
  times: number
  data: Doc
}

/**
 * The fail points by which the tests of MongoDB's drivers have a server fail. They stand before the dispatcher, and only where the database
 * was started with test commands. Elsewhere `configureFailPoint` is unknown, as it is to a MongoDB server.
 */
export class FailPoints implements Answering {
  private readonly settings = new Map<string, Setting>()

  constructor(private readonly inner: Answering) {}

  async answer(request: Request, peer: Peer): Promise<Uint8Array | undefined> {
    const { body } = request
    // Of a stranger it goes on to the gate, which refuses it.
    if ('configureFailPoint' in body && peer.gate?.admitted !== false) return this.configure(body)
    peer.appName = clientName(body) ?? peer.appName
    for (const [name, setting] of this.settings) {
      const point = this.points[name]
      if (!point?.concerns(body, setting.data, peer) || setting.skip-- > 0 || setting.times-- <= 0) continue
      return point.fault(request, peer, setting.data)
    }
    return this.inner.answer(request, peer)
  }

  private readonly points: Readonly<Record<string, { concerns: typeof isNamed; fault: Fault }>> = {
    failCommand: { concerns: isNamed, fault: (...all) => this.failCommand(...all) },
    onPrimaryTransactionalWrite: { concerns: isRetryableWrite, fault: (...all) => this.loseAnswer(...all) },
  }

  /** A command fails, late or without an answer, or the members that were to acknowledge it do. */
  private async failCommand(request: Request, peer: Peer, data: Doc): Promise<Uint8Array | undefined> {
    const { errorCode, errorLabels: labels, writeConcernError } = data
    if (isTruthy(data.blockConnection)) await wait(toNumber(data.blockTimeMS))
    if (isTruthy(data.closeConnection)) return undefined
    if (errorCode !== undefined) return failed(errorCode, request.body, labels)
    const reply = await this.inner.answer(request, peer)
    if (!writeConcernError || !reply) return reply
    return encode({ ...decode(reply), writeConcernError, ...(labels ? { errorLabels: labels } : {}) })
  }

  /** The connection breaks when a retryable write is done, or just before. */
  private async loseAnswer(request: Request, peer: Peer, data: Doc): Promise<Uint8Array | undefined> {
    const before = data.failBeforeCommitExceptionCode
    const reply = before === undefined ? await this.inner.answer(request, peer) : failed(before, request.body)
    return data.closeConnection === false ? reply : undefined
  }

  private configure({ configureFailPoint: name, mode, data }: Doc): Uint8Array {
    const { skip = 0, times = Number.POSITIVE_INFINITY } = isDoc(mode) ? mode : { times: MODES[String(mode)] }
    if (!this.points[String(name)] || !(toNumber(times) >= 0)) {
      return encode(errorReply(new MongoError('BadValue', 'this fail point, or this mode of it, is not known')))
    }
    this.settings.set(String(name), { skip: toNumber(skip), times: toNumber(times), data: isDoc(data) ? data : {} })
    return encode({ ok: 1 })
  }
}

const MODES: Readonly<Record<string, number>> = { off: 0, alwaysOn: Number.POSITIVE_INFINITY }

function isNamed(body: Doc, { failCommands, appName: only, namespace }: Doc, { appName }: Peer): boolean {
  const [name = ''] = Object.keys(body)
  return (
    Array.isArray(failCommands) &&
    failCommands.includes(name) &&
    (only === undefined || only === appName) &&
    (namespace === undefined || namespace === `${body.$db}.${body[name]}`)
  )
}

const isRetryableWrite = ({ txnNumber, autocommit }: Doc): boolean =>
  txnNumber !== undefined && autocommit === undefined

function failed(code: unknown, body: Doc, labels?: unknown): Uint8Array {
  const error = MongoError.ofCode(toNumber(code), 'Failing command by a fail point')
  return encode({ ...errorReply(error), ...(labels ? { errorLabels: labels } : errorLabels(error, body)) })
}

/** What a client calls itself in its first command. */
function clientName({ client }: Doc): unknown {
  const application = isDoc(client) ? client.application : undefined
  return isDoc(application) ? application.name : undefined
}
