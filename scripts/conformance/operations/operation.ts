import type { ClientSession, Document, MongoClient } from 'mongodb'
import type { Entities } from '../entities.js'
import type { ServerFacts } from '../server-facts.js'

/** What the operations of one test work with. */
export interface TestRun {
  entities: Entities
  /** Of the runner itself: nothing that it does is observed. */
  internal: MongoClient
  facts: ServerFacts
  /** Names of the fail points that are to be switched off afterwards. */
  failPoints: Set<string>
  /** Runs further operations, for those that hold some. */
  runAll(operations: readonly Document[], options?: { rethrow: boolean }): Promise<void>
}

/** Does one operation of the unified test format with the driver, and gives what the driver gives. */
export type Operation<T> = (target: T, args: Document, run: TestRun) => unknown

export type Operations<T> = Readonly<Record<string, Operation<T>>>

/** Arguments as the driver takes them: sessions by themselves instead of by name. */
export function driverArguments(args: Document, { entities }: TestRun): Document {
  const session = typeof args.session === 'string' ? (entities.get(args.session) as ClientSession) : undefined
  return session ? { ...args, session } : { ...args }
}
