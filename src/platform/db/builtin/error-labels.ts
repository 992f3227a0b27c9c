import type { Doc } from './bson/values.js'
import { isTransactionEnd } from './commands/command.js'
import type { MongoError } from './errors.js'

/** What a transaction read or wrote is out of date, or it is gone. */
const LOST = new Set([24, 112, 246, 251, 267])
/** Another member takes over, or the network fails: what was asked may be asked again. */
const PASSING = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436])

/** What a driver may do about an error: try the whole transaction again, or send the same write again. */
export function errorLabels({ code }: MongoError, body: Doc): Doc {
  const [command = ''] = Object.keys(body)
  const ends = isTransactionEnd(command)
  const within = body.autocommit === false && !ends
  const again = ends || (body.txnNumber !== undefined && !within)
  const passing = PASSING.has(code)
  const labels = [
    ...((within && passing) || ((within || ends) && LOST.has(code)) ? ['TransientTransactionError'] : []),
    ...(again && passing ? ['RetryableWriteError'] : []),
  ]
  return labels.length > 0 ? { errorLabels: labels } : {}
}
