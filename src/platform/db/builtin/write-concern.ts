import { type Doc, isDoc, Rank, rankOf, toNumber } from './bson/values.js'
import type { Command } from './commands/command.js'
import { MongoError } from './errors.js'
import type { Transaction } from './transaction.js'

/**
 * There is one member, and what it acknowledges is on its disk: every write concern is met that it can meet alone.
 * @returns what is told beside the outcome of a write that more members were to acknowledge
 * @throws MongoError InvalidOptions within a transaction, whose end alone has one
 */
export function unmetWriteConcern(
  { writeConcern }: Doc,
  { name, writes }: Command,
  transaction: Transaction | undefined,
): Doc | undefined {
  if (!isDoc(writeConcern)) return undefined
  if (transaction) {
    throw new MongoError('InvalidOptions', `writeConcern is not allowed within a multi-statement transaction: ${name}`)
  }
  if (!writes) return undefined
  const { w } = writeConcern
  if (rankOf(w) === Rank.Number && toNumber(w) > 1) {
    return { code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' }
  }
  if (typeof w === 'string' && w !== 'majority') {
    return {
      code: 79,
      codeName: 'UnknownReplWriteConcern',
      errmsg: `No write concern mode named '${w}' found in replica set configuration`,
    }
  }
  return undefined
}
