import { setTimeout as wait } from 'node:timers/promises'
import type { Document, MongoClient } from 'mongodb'
import { messageOf } from '../../src/kernel/errors.js'
import { Entities } from './entities.js'
import { expectEvents } from './expect-events.js'
import { match } from './match.js'
import type { TestRun } from './operations/operation.js'
import { Mismatch, NotRunnable } from './outcomes.js'
import { runOperation } from './run-operation.js'
import { type ServerFacts, unmetReason } from './server-facts.js'
import type { SpecFile, SpecTest } from './spec-files.js'

/** A test that has not ended after this has failed, in milliseconds. */
const TEST_MS = 60_000

export interface Outcome {
  folder: string
  file: string
  test: string
  result: 'passed' | 'failed' | 'skipped'
  /** Why it failed or was skipped. */
  reason: string
}

export interface Server {
  uri: string
  internal: MongoClient
  facts: ServerFacts
}

/** Runs a test of a file against the server; whatever goes wrong in it is its outcome. */
export async function runTest(server: Server, file: SpecFile, test: SpecTest): Promise<Outcome> {
  const outcome = { folder: file.folder, file: file.file, test: test.description }
  const skipped = await skipReason(server.facts, file, test)
  if (skipped !== undefined) return { ...outcome, result: 'skipped', reason: skipped }
  const entities = new Entities(server.uri)
  const run: TestRun = {
    ...server,
    entities,
    failPoints: new Set(),
    async runAll(operations, options) {
      for (const operation of operations) await runOperation(operation, run, options)
    },
  }
  const late = new AbortController()
  const tooLong = wait(TEST_MS, undefined, { signal: late.signal }).then(() => {
    throw new Mismatch(`not done after ${TEST_MS / 1000} s`)
  })
  tooLong.catch(() => {})
  try {
    await Promise.race([perform(run, file, test), tooLong])
    return { ...outcome, result: 'passed', reason: '' }
  } catch (error) {
    const reason = messageOf(error)
    const unexpected = error instanceof Mismatch || error instanceof NotRunnable ? '' : `${(error as Error).name}: `
    return { ...outcome, result: error instanceof NotRunnable ? 'skipped' : 'failed', reason: unexpected + reason }
  } finally {
    late.abort()
    for (const name of run.failPoints)
      await server.internal.db('admin').command({ configureFailPoint: name, mode: 'off' })
    await entities.close()
  }
}

async function skipReason(facts: ServerFacts, file: SpecFile, test: SpecTest): Promise<string | undefined> {
  if (test.skipReason) return `the test itself says: ${test.skipReason}`
  if (test.expectLogMessages || test.expectTracingMessages) return 'is about what a driver logs'
  return (await unmetReason(file.runOnRequirements, facts)) ?? (await unmetReason(test.runOnRequirements, facts))
}

async function perform(run: TestRun, file: SpecFile, test: SpecTest): Promise<void> {
  // What an earlier test has left open would wait, and be waited for.
  await run.internal.db('admin').command({ killAllSessions: [] })
  await prepare(run.internal, file.initialData ?? [])
  await run.entities.create(file.createEntities ?? [])
  await run.runAll(test.operations)
  for (const client of run.entities.clients()) client.stopWatching()
  expectEvents(test.expectEvents ?? [], run.entities)
  for (const { databaseName, collectionName, documents } of test.outcome ?? []) {
    const found = await run.internal.db(databaseName).collection(collectionName).find().sort({ _id: 1 }).toArray()
    match(found, documents, run.entities, { extra: 'nowhere', path: `outcome of ${collectionName}` })
  }
}

/** Every collection as the file wants it at the beginning of each of its tests. */
async function prepare(internal: MongoClient, initialData: readonly Document[]): Promise<void> {
  for (const { databaseName, collectionName, documents, createOptions } of initialData) {
    const db = internal.db(databaseName, { writeConcern: { w: 'majority' } })
    await db.dropCollection(collectionName)
    if (createOptions || documents.length === 0) await db.createCollection(collectionName, createOptions ?? {})
    if (documents.length > 0) await db.collection(collectionName).insertMany(documents)
  }
}
