import { type Doc, decode, encode, toNumber } from './bson/values.js'
import type { Engine } from './engine.js'
import { MongoError } from './errors.js'
import { Snapshots } from './snapshots.js'
import type { Transaction } from './transaction.js'

/** No transaction is left open longer than this, in milliseconds. */
const TRANSACTION_LIFETIME_MS = 10_000
/** Outcomes are kept as long as a session may live, in milliseconds. */
const SESSION_LIFETIME_MS = 30 * 60_000
/** The place of a commit among the remembered outcomes of a session. */
const COMMIT = -1

interface SessionTransaction {
  number: number
  state: 'open' | 'committed' | 'aborted'
  transaction: Transaction
  timer: NodeJS.Timeout
}

/**
 * Transactions of sessions, and what retryable writes have done. Outcomes are written together with the writes themselves, so
 * that a driver which asks again, after whatever interruption, hears what happened and nothing happens twice.
 */
export class Sessions {
  readonly snapshots: Snapshots
  private readonly transactions = new Map<string, SessionTransaction>()

  constructor(private readonly engine: Engine) {
    this.snapshots = new Snapshots(engine.store, engine.catalog, engine.clock)
  }

  /**
   * The transaction that a command belongs to; begun if the command says so.
   * @throws MongoError NoSuchTransaction, TransactionTooOld, ConflictingOperationInProgress
   */
  transactionOf(session: string | undefined, body: Doc): Transaction | undefined {
    if (body.autocommit !== false) return undefined
    if (session === undefined) throw new MongoError('InvalidOptions', 'Transactions need a session')
    const number = toNumber(body.txnNumber)
    const current = this.transactions.get(session)
    if (body.startTransaction === true) return this.begin(session, number, current)
    return this.openOne(current, number).transaction
  }

  /** @throws MongoError NoSuchTransaction, or what keeps it from being committed */
  commit(session = '', number: number): void {
    const current = this.transactions.get(session)
    const over = current?.number === number && current.state === 'committed'
    if (over && current.transaction.readOnly) return
    // What is on the disk counts: a commit that could not be put there has not happened.
    if ((over || current?.number !== number) && this.outcomeOf(session, number, COMMIT)) return
    if (over) current.state = 'aborted'
    const open = this.openOne(current, number)
    try {
      if (open.transaction.readOnly) open.transaction.abort()
      else open.transaction.commit(() => this.remember(session, number, COMMIT, { ok: 1 }))
      this.finish(open, 'committed')
    } catch (error) {
      this.abort(open)
      throw error
    }
  }

  /** @throws MongoError NoSuchTransaction */
  abortTransaction(session: string | undefined, number: number): void {
    this.abort(this.openOne(this.transactions.get(session ?? ''), number))
  }

  /** Ends the open transaction of a session, if it has one. */
  abortOf(session: string | undefined): void {
    const current = this.transactions.get(session ?? '')
    if (current?.state === 'open') this.abort(current)
  }

  endSession(session: string): void {
    this.abortOf(session)
    this.snapshots.closeOf(session)
    this.transactions.delete(session)
    this.engine.store.main.run('DELETE FROM outcomes WHERE session = ?', Buffer.from(session, 'hex'))
  }

  /**
   * The reply that a retryable write was given before, if it was.
   * @throws MongoError TransactionTooOld
   */
  outcomeOf(session: string, number: number, statement: number): Doc | undefined {
    const found = this.engine.store.main.get(
      'SELECT txn, reply FROM outcomes WHERE session = ? AND statement = ?',
      Buffer.from(session, 'hex'),
      statement,
    )
    if (!found) return undefined
    if (Number(found[0]) > number) {
      throw new MongoError(
        'TransactionTooOld',
        `Retryable write with txnNumber ${number} is prohibited on a session with a newer one`,
      )
    }
    return Number(found[0]) === number ? decode(found[1] as Buffer) : undefined
  }

  remember(session: string, number: number, statement: number, reply: Doc): void {
    this.engine.store.main.run(
      'INSERT OR REPLACE INTO outcomes (session, statement, txn, reply, at) VALUES (?, ?, ?, ?, ?)',
      Buffer.from(session, 'hex'),
      statement,
      number,
      encode(reply),
      Date.now(),
    )
  }

  /** Forgets the outcomes and snapshots of sessions that are long over. */
  forgetOld(now: number): void {
    this.snapshots.closeIdle(now)
    this.engine.store.main.run('DELETE FROM outcomes WHERE at < ?', now - SESSION_LIFETIME_MS)
    for (const [session, { state }] of this.transactions) if (state !== 'open') this.transactions.delete(session)
  }

  /** Aborts every open transaction, and gives up every snapshot. */
  close(): void {
    this.snapshots.close()
    for (const current of this.transactions.values()) if (current.state === 'open') this.abort(current)
  }

  private begin(session: string, number: number, current: SessionTransaction | undefined): Transaction {
    if (current && number < current.number) {
      throw new MongoError(
        'TransactionTooOld',
        `Cannot start transaction ${number} because a newer transaction ${current.number} has already started`,
      )
    }
    if (current?.number === number) {
      throw new MongoError('ConflictingOperationInProgress', `Transaction ${number} has already been started`)
    }
    if (current?.state === 'open') this.abort(current)
    const transaction = this.engine.begin()
    const timer = setTimeout(() => this.abortOf(session), TRANSACTION_LIFETIME_MS)
    this.transactions.set(session, { number, state: 'open', transaction, timer })
    return transaction
  }

  private openOne(current: SessionTransaction | undefined, number: number): SessionTransaction {
    if (current?.number === number && current.state === 'open') return current
    if (current?.number === number && current.state === 'committed') {
      throw new MongoError('TransactionCommitted', `Transaction ${number} has been committed.`)
    }
    const fate = current?.number === number ? 'has been aborted' : 'does not match any in-progress transactions'
    throw new MongoError('NoSuchTransaction', `Transaction with { txnNumber: ${number} } ${fate}.`)
  }

  private abort(current: SessionTransaction): void {
    if (!current.transaction.ended) current.transaction.abort()
    this.finish(current, 'aborted')
  }

  private finish(current: SessionTransaction, state: 'committed' | 'aborted'): void {
    clearTimeout(current.timer)
    current.state = state
  }
}
