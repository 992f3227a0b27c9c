import { AbstractCursor, ChangeStream, ClientSession, Collection, Db, type Document, GridFSBucket } from 'mongodb'
import { expectError } from './expect-error.js'
import { match } from './match.js'
import { ObservedClient } from './observed-client.js'
import { bucketOperations } from './operations/bucket.js'
import { collectionOperations } from './operations/collection.js'
import { clientOperations, databaseOperations } from './operations/database.js'
import { driverArguments, type Operations, type TestRun } from './operations/operation.js'
import { cursorOperations, sessionOperations } from './operations/session.js'
import { runnerOperations } from './operations/test-runner.js'
import { Mismatch, NotRunnable } from './outcomes.js'

/** Whose results are values, not documents at the root. */
const GIVES_VALUES = new Set(['distinct'])

/**
 * Does one operation and holds its result or its error against what the test expects.
 * @throws Mismatch, NotRunnable; the operation's own error with `rethrow`, for a caller who has to see it
 */
export async function runOperation(operation: Document, run: TestRun, { rethrow = false } = {}): Promise<void> {
  const { name, object, expectError: expected, ignoreResultAndError, expectResult, saveResultAsEntity } = operation
  const target = object === 'testRunner' ? undefined : run.entities.get(object)
  const work = operationsOf(target)?.[name]
  if (!work) throw new NotRunnable(`the runner does not know the operation ${name}`)
  let result: unknown
  try {
    result = await work(target as never, driverArguments(operation.arguments ?? {}, run), run)
  } catch (error) {
    if (error instanceof NotRunnable || error instanceof Mismatch) throw error
    if (expected) expectError(error, expected, run.entities)
    else if (!ignoreResultAndError) throw rethrow ? error : new Mismatch(`${name} failed: ${told(error)}`)
    if (rethrow) throw error
    return
  }
  if (ignoreResultAndError) return
  if (expected) throw new Mismatch(`${name} succeeded where an error was expected`)
  if (expectResult !== undefined)
    match(result, expectResult, run.entities, { extra: GIVES_VALUES.has(name) ? 'nowhere' : 'at the root', path: name })
  if (saveResultAsEntity) run.entities.set(saveResultAsEntity, result)
}

const told = (error: unknown): string => {
  const { name, code, message } = error as Error & Document
  return `${name}${code === undefined ? '' : ` ${code}`}: ${message}`
}

function operationsOf(target: unknown): Operations<never> | undefined {
  if (target === undefined) return runnerOperations
  if (target instanceof ObservedClient) return clientOperations
  if (target instanceof Db) return databaseOperations
  if (target instanceof Collection) return collectionOperations
  if (target instanceof ClientSession) return sessionOperations
  if (target instanceof GridFSBucket) return bucketOperations
  if (target instanceof AbstractCursor || target instanceof ChangeStream) return cursorOperations
  return undefined
}
