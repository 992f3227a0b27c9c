import { MongoError } from 'mongodb'
import type { Random } from '../bench/search/random.js'
import { NotStarted } from './own-database.js'
import type { SmallDisk } from './small-disk.js'

/** One way in which nothing more can be written. */
export interface Trouble {
  /** Whether it can begin while the database is open. */
  underUse: boolean
  /** Whether it can end while the database is open. */
  passes: boolean
  /** With which code writes fail. */
  code: number
  /** What an operator is told where the database does not start for it. */
  said: RegExp
  begin(): void
  end(): void
}

/** Up to so much room is left to the database, in bytes. */
const SPARE_BYTES = 1024 * 1024
/** By these a driver sends a write again, or a whole transaction. */
const AGAIN = ['RetryableWriteError', 'TransientTransactionError', 'UnknownTransactionCommitResult']

export const full = (disk: SmallDisk, random: Random): Trouble => ({
  ...{ underUse: true, passes: true, code: 14031, said: /is full/ },
  begin: () => disk.fill(random.below(SPARE_BYTES)),
  end: disk.free,
})

export const readOnly = ({ underUse, begin, end }: NonNullable<SmallDisk['readOnly']>): Trouble => ({
  ...{ underUse, passes: false, code: 96, said: /read-only/ },
  ...{ begin, end },
})

/** @returns what is wrong with how a write failed, in words */
export function wrongIn(failure: unknown, { code }: Trouble): string[] {
  const plain = failure instanceof MongoError && failure.code === code
  if (plain && !AGAIN.some((label) => failure.hasErrorLabel(label))) return []
  return [`failed otherwise: ${failure}`]
}

/** @returns what is wrong with why the database did not start, in words */
export function wrongInStart(failure: unknown, { said }: Trouble): string[] {
  if (failure instanceof NotStarted && said.test(failure.message)) return []
  return [`not started: ${failure}`]
}
