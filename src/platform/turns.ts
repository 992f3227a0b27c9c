import { setImmediate as breathe } from 'node:timers/promises'
import { Unavailable } from '../kernel/errors.js'

export interface Turns {
  /** What is not available to whoever would have to wait too long; said in the log alone. */
  part: string
  /** How much of the work goes on at once. */
  atOnce: number
  /** How many may be there at once, those at work included. */
  most: number
  /** In ms: who waits for something that long, a server that does not answer, keeps the others waiting no longer. */
  longest?: number
}

const LONGEST_MS = 10_000

/** Does a piece of work in its turn and answers what it answers. @throws {Unavailable} when too many are waiting already. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Work that takes a processor for long is done in turn, in the order in which it was asked for: a crowd that asks for it at once then waits
 * for itself, and not everybody else for the crowd. Whatever else has come meanwhile goes before each piece of it.
 */
export function takingTurns({ part, atOnce, most, longest = LONGEST_MS }: Turns): InTurn {
  let working = 0
  const waiting: (() => void)[] = []

  const handOver = () => {
    const next = waiting.shift()
    if (next) next()
    else working--
  }

  return async (work) => {
    if (working + waiting.length >= most) throw new Unavailable(part)
    if (working < atOnce) working++
    // Whoever is done hands over his place.
    else await new Promise<void>((go) => void waiting.push(go))
    let over = false
    const end = () => {
      if (!over) handOver()
      over = true
    }
    const late = setTimeout(end, longest)
    try {
      await breathe()
      return await work()
    } finally {
      clearTimeout(late)
      end()
    }
  }
}
