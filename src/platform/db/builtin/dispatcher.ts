import type { Timestamp } from 'bson'
import { compileExpression } from './aggregation/expressions.js'
import { type Doc, isDoc, toNumber } from './bson/values.js'
import { aggregateCommands } from './commands/aggregate.js'
import { collectionCommands } from './commands/collections.js'
import { type Command, type CommandContext, isTransactionEnd, type Peer } from './commands/command.js'
import { countCommands } from './commands/count.js'
import { explainCommands } from './commands/explain.js'
import { findCommands } from './commands/find.js'
import { findAndModifyCommands } from './commands/find-and-modify.js'
import { indexCommands } from './commands/indexes.js'
import { serverCommands, sessionId } from './commands/server-status.js'
import { validateCommands } from './commands/validate.js'
import { writeCommands } from './commands/write.js'
import { checkDeclaredApi } from './declared-api.js'
import { errorLabels } from './error-labels.js'
import { errorReply, MongoError } from './errors.js'
import type { Answering } from './fail-points.js'
import { BatchReply, encodeReply, type Reply } from './replies.js'
import { Blocked } from './storage/locks.js'
import { storageError } from './storage/store.js'
import { deadlineOf, runUntil, waitUntil } from './time-limit.js'
import type { Transaction } from './transaction.js'
import type { Request } from './wire.js'
import { unmetWriteConcern } from './write-concern.js'

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  [
    ...findCommands,
    ...writeCommands,
    ...findAndModifyCommands,
    ...countCommands,
    ...aggregateCommands,
    ...indexCommands,
    ...collectionCommands,
    ...explainCommands,
    ...serverCommands,
    ...validateCommands,
  ].flatMap((command) => [command.name, ...(command.aliases ?? [])].map((name): [string, Command] => [name, command])),
)

/** What any command may carry. */
const COMMON_FIELDS = new Set([
  'lsid',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
])

/** The place of a retryable write among the outcomes of its session, where it names none. */
const FIRST_STATEMENT = 0

/** Runs requests: finds the command, its session and transaction, and sees to it that nothing is answered before it is durable. */
export class Dispatcher implements Answering {
  constructor(private readonly parts: DispatcherParts) {}

  async answer(request: Request, peer: Peer): Promise<Uint8Array> {
    const { engine, sessions } = this.parts
    let transaction: Transaction | undefined
    try {
      const admission = peer.gate?.answer(request.body)
      if (admission) return encodeReply(admission, engine.clock.now)
      const command = commandOf(request.body)
      const body = withVariables(request.body)
      if (isDoc(body.$clusterTime)) engine.clock.advance(body.$clusterTime.clusterTime as Timestamp)
      const session = sessionId(body.lsid)
      if (body.startTransaction === true) await engine.store.room()
      transaction = isTransactionEnd(command.name) ? undefined : sessions.transactionOf(session, body)
      if (transaction && !command.transactional) {
        throw new MongoError(
          'OperationNotSupportedInTransaction',
          `Cannot run '${command.name}' in a multi-document transaction.`,
        )
      }
      const writeConcernError = unmetWriteConcern(body, command, transaction)
      const snapshot = transaction ? undefined : this.snapshotOf(command, body, session)
      const context: CommandContext = {
        ...this.parts,
        db: String(body.$db),
        peer,
        session,
        view: transaction ?? snapshot ?? engine.direct,
        transaction,
        atClusterTime: snapshot?.time,
        sequences: request.sequences,
      }
      const reply = await this.run(command, body, context)
      return encodeReply(reply instanceof BatchReply ? reply : { ...reply, ok: 1, writeConcernError }, engine.clock.now)
    } catch (error) {
      return encodeReply(this.failure(error, request.body, transaction), engine.clock.now)
    }
  }

  private snapshotOf(command: Command, { readConcern }: Doc, session: string | undefined) {
    if (!isDoc(readConcern) || readConcern.level !== 'snapshot') return undefined
    if (!command.snapshots || session === undefined) {
      throw new MongoError('InvalidOptions', `Command '${command.name}' cannot be read from a snapshot.`)
    }
    const { snapshots } = this.parts.sessions
    return readConcern.atClusterTime ? snapshots.at(readConcern.atClusterTime as Timestamp) : snapshots.take(session)
  }

  /**
   * A write that meets a document of an open transaction waits for its end and is then run anew. So is what has read something that could
   * not be put on the disk: it was written by others, and is theirs to hear of.
   */
  private async run(command: Command, body: Doc, context: CommandContext): Promise<Reply> {
    const { store, clock } = this.parts.engine
    const retry = retryOf(command, body, context)
    const deadline = deadlineOf(body.maxTimeMS)
    let only = command.writes === true || isTransactionEnd(command.name)
    for (;;) {
      try {
        const reply = runUntil(deadline, () => this.runOnce(command, body, context, retry))
        if (command.writes) clock.tick()
        // It sees what was on the disk when it began, and writes at its end.
        if (context.transaction) return reply
        // Taken at once: it is this command's commit to wait for, whatever others do to later ones.
        const durable = store.durable()
        if (only || (await isDone(durable))) {
          await durable
          return reply
        }
        if (reply instanceof BatchReply) context.cursors.kill(reply.cursor.id)
        store.flush()
        only = true
      } catch (error) {
        if (!(error instanceof Blocked)) throw error
        await waitUntil(deadline, error.until)
      }
    }
  }

  private runOnce(command: Command, body: Doc, context: CommandContext, retry: Retry | undefined): Reply {
    const known = retry && this.parts.sessions.outcomeOf(retry.session, retry.number, retry.statement)
    if (known) return known
    if (!command.writes || context.transaction || isTransactionEnd(command.name)) return command.run(body, context)
    return this.parts.engine.store.atomically(() => {
      const reply = command.run(body, context)
      if (retry && !(reply instanceof BatchReply)) {
        this.parts.sessions.remember(retry.session, retry.number, retry.statement, reply)
      }
      return reply
    })
  }

  private failure(error: unknown, body: Doc, transaction: Transaction | undefined): Doc {
    const known = error instanceof MongoError ? error : storageError(error)
    const [name] = Object.keys(body)
    if (DISK_FAILURES.has(known.codeName)) this.parts.log(`${name} failed: ${known.message}`)
    else if (error !== known) this.parts.log(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`)
    if (transaction && !transaction.ended) this.parts.sessions.abortOf(sessionId(body.lsid))
    return { ...errorReply(known), ...errorLabels(known, body) }
  }
}

/** What the operator must see to, and needs no stack for. */
const DISK_FAILURES: ReadonlySet<string> = new Set(['OutOfDiskSpace', 'OperationFailed'])

function commandOf(body: Doc): Command {
  const [name = ''] = Object.keys(body)
  const command = COMMANDS.get(name)
  if (!command) throw new MongoError('CommandNotFound', `no such command: '${name}'`)
  for (const field of Object.keys(body)) {
    if (field !== name && !field.startsWith('$') && !COMMON_FIELDS.has(field) && !command.fields.includes(field)) {
      throw new MongoError('Location40415', `BSON field '${command.name}.${field}' is an unknown field.`)
    }
  }
  checkDeclaredApi(body, command)
  return command
}

/** What a dispatcher works with. */
export interface DispatcherParts
  extends Pick<CommandContext, 'engine' | 'cursors' | 'sessions' | 'address' | 'setExpiryInterval'> {
  log(message: string): void
}

/** The values of `let` are expressions, computed once. */
function withVariables(body: Doc): Doc {
  if (!isDoc(body.let)) return body
  const values = Object.entries(body.let).map(([name, expression]) => [name, compileExpression(expression)({})])
  return { ...body, let: Object.fromEntries(values) }
}

const isDone = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )

interface Retry {
  session: string
  number: number
  statement: number
}

function retryOf(command: Command, body: Doc, { session }: CommandContext): Retry | undefined {
  if (!command.retryable || session === undefined || body.txnNumber === undefined || body.autocommit !== undefined)
    return undefined
  const [first = body.stmtId] = Array.isArray(body.stmtIds) ? body.stmtIds : []
  return {
    session,
    number: toNumber(body.txnNumber),
    statement: first === undefined ? FIRST_STATEMENT : toNumber(first),
  }
}
