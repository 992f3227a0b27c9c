import type { IndexName } from '../port.js'

/** What the thread of the engine is asked: a method of the engine, or a part of one that goes on over several messages. */
export interface Request {
  id: number
  method: string
  args: readonly unknown[]
}

export type Reply = { id: number; value: unknown } | { id: number; error: Failure } | { problem: string }

/** An error on its way between threads, which loses its class. */
export interface Failure {
  name: string
  message: string
  index?: IndexName
  field?: string
}

/** What the thread is started with. */
export interface ThreadOptions {
  folder?: string | undefined
  /** Keys of rebuilds and trials are above this, so that those of a thread before are unknown. */
  firstKey: number
}
