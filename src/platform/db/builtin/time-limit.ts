import { toNumber } from './bson/values.js'
import { MongoError } from './errors.js'

/** When the command that runs now must have ended. Commands run one after the other, so that one place is enough. */
let end = Number.POSITIVE_INFINITY

/** When the command that runs now began. */
let begin = new Date()

/** `$$NOW`: one moment for all that a command does. */
export const commandTime = (): Date => begin

/**
 * When a command that begins now must have ended.
 * @throws MongoError BadValue for what is no time
 */
export function deadlineOf(maxTimeMS: unknown): number {
  const ms = maxTimeMS === undefined ? 0 : toNumber(maxTimeMS)
  if (!(ms >= 0 && ms <= 0x7fffffff)) throw new MongoError('BadValue', `maxTimeMS out of range: ${String(maxTimeMS)}`)
  return ms > 0 ? performance.now() + ms : Number.POSITIVE_INFINITY
}

export function runUntil<T>(deadline: number, work: () => T): T {
  end = deadline
  begin = new Date()
  try {
    requireTime()
    return work()
  } finally {
    end = Number.POSITIVE_INFINITY
  }
}

/** Asked wherever a command may go on for long. @throws MongoError MaxTimeMSExpired */
export function requireTime(): void {
  if (performance.now() >= end) throw new MongoError('MaxTimeMSExpired', 'operation exceeded time limit')
}

/** Waits for something, but not beyond the deadline. */
export async function waitUntil(deadline: number, done: Promise<void>): Promise<void> {
  if (deadline === Number.POSITIVE_INFINITY) return done
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.ceil(deadline - performance.now()))
  })
  await Promise.race([done, late])
  clearTimeout(timer)
}
