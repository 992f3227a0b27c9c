import type { Timestamp } from 'bson'
import { compileExpression } from './aggregation/expressions.js'
import { type Doc, encode, isDoc, toNumber } from './bson/values.js'
import { aggregateCommands } from './commands/aggregate.js'
import { collectionCommands } from './commands/collections.js'
import type { Command, CommandContext, Reply } from './commands/command.js'
import { countCommands } from './commands/count.js'
import { explainCommands } from './commands/explain.js'
import { findCommands } from './commands/find.js'
import { findAndModifyCommands } from './commands/find-and-modify.js'
import { indexCommands } from './commands/indexes.js'
import { serverCommands, sessionId } from './commands/server-status.js'
import { validateCommands } from './commands/validate.js'
import { writeCommands } from './commands/write.js'
import type { Cursors } from './cursors.js'
import type { Engine } from './engine.js'
import { MongoError, TRANSIENT } from './errors.js'
import type { Sessions } from './sessions.js'
import { Blocked } from './storage/locks.js'
import { storageError } from './storage/store.js'
import type { Transaction } from './transaction.js'
import type { Request } from './wire.js'

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
export class Dispatcher {
  constructor(
    private readonly engine: Engine,
    private readonly cursors: Cursors,
    private readonly sessions: Sessions,
    private readonly address: string,
    private readonly setExpiryInterval: (seconds: number) => void,
    private readonly log: (message: string) => void,
  ) {}

  async answer(request: Request): Promise<Uint8Array> {
    let transaction: Transaction | undefined
    try {
      const command = commandOf(request.body)
      const body = withVariables(request.body)
      const session = sessionId(body.lsid)
      if (body.startTransaction === true) await this.engine.store.room()
      transaction = isTransactionEnd(command) ? undefined : this.sessions.transactionOf(session, body)
      if (transaction && !command.transactional) {
        throw new MongoError(
          'OperationNotSupportedInTransaction',
          `Cannot run '${command.name}' in a multi-document transaction.`,
        )
      }
      const snapshot = transaction ? undefined : this.snapshotOf(command, body, session)
      const context: CommandContext = {
        engine: this.engine,
        cursors: this.cursors,
        sessions: this.sessions,
        db: String(body.$db),
        address: this.address,
        session,
        view: transaction ?? snapshot ?? this.engine.direct,
        transaction,
        atClusterTime: snapshot?.time,
        sequences: request.sequences,
        setExpiryInterval: this.setExpiryInterval,
      }
      const { reply, durable } = await this.run(command, body, context)
      await durable
      return reply instanceof Uint8Array ? reply : encode({ ...reply, ok: 1 })
    } catch (error) {
      return this.failure(error, request.body, transaction)
    }
  }

  private snapshotOf(command: Command, { readConcern }: Doc, session: string | undefined) {
    if (!isDoc(readConcern) || readConcern.level !== 'snapshot') return undefined
    if (!command.snapshots || session === undefined) {
      throw new MongoError('InvalidOptions', `Command '${command.name}' cannot be read from a snapshot.`)
    }
    const { snapshots } = this.sessions
    return readConcern.atClusterTime ? snapshots.at(readConcern.atClusterTime as Timestamp) : snapshots.take(session)
  }

  /** A write that meets a document of an open transaction waits for its end and is then run anew. */
  private async run(command: Command, body: Doc, context: CommandContext): Promise<Done> {
    const retry = retryOf(command, body, context)
    for (;;) {
      try {
        const reply = this.runOnce(command, body, context, retry)
        // Taken at once: it is this command's commit to wait for, whatever others do to later ones.
        return { reply, durable: this.engine.store.durable() }
      } catch (error) {
        if (!(error instanceof Blocked)) throw error
        await error.until
      }
    }
  }

  private runOnce(command: Command, body: Doc, context: CommandContext, retry: Retry | undefined): Reply {
    const known = retry && this.sessions.outcomeOf(retry.session, retry.number, retry.statement)
    if (known) return known
    if (!command.writes || context.transaction) return command.run(body, context)
    return this.engine.store.atomically(() => {
      const reply = command.run(body, context)
      if (retry && !(reply instanceof Uint8Array)) {
        this.sessions.remember(retry.session, retry.number, retry.statement, reply)
      }
      return reply
    })
  }

  private failure(error: unknown, body: Doc, transaction: Transaction | undefined): Uint8Array {
    const known = error instanceof MongoError ? error : storageError(error)
    if (!(error instanceof MongoError))
      this.log(`${Object.keys(body)[0]} failed: ${error instanceof Error ? error.stack : String(error)}`)
    if (transaction && !transaction.ended) this.sessions.abortOf(sessionId(body.lsid))
    const labels = transaction && known.codeName === 'WriteConflict' ? TRANSIENT : {}
    return encode({
      ok: 0,
      errmsg: known.message,
      code: known.code,
      codeName: known.codeName,
      ...known.extra,
      ...labels,
    })
  }
}

function commandOf(body: Doc): Command {
  const [name = ''] = Object.keys(body)
  const command = COMMANDS.get(name)
  if (!command) throw new MongoError('CommandNotFound', `no such command: '${name}'`)
  for (const field of Object.keys(body)) {
    if (field !== name && !field.startsWith('$') && !COMMON_FIELDS.has(field) && !command.fields.includes(field)) {
      throw new MongoError('Location40415', `BSON field '${command.name}.${field}' is an unknown field.`)
    }
  }
  return command
}

/** The values of `let` are expressions, computed once. */
function withVariables(body: Doc): Doc {
  if (!isDoc(body.let)) return body
  const values = Object.entries(body.let).map(([name, expression]) => [name, compileExpression(expression)({})])
  return { ...body, let: Object.fromEntries(values) }
}

const isTransactionEnd = ({ name }: Command): boolean => name === 'commitTransaction' || name === 'abortTransaction'

/** What a command has answered, and when that may be told. */
interface Done {
  reply: Reply
  durable: Promise<void>
}

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
