import { setTimeout as wait } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { type ClientSession, type Document, MongoServerError } from 'mongodb'
import type { Entities } from '../entities.js'
import { expectEvent } from '../expect-events.js'
import { Mismatch, NotRunnable } from '../outcomes.js'
import type { Operations, TestRun } from './operation.js'

const EVENT_WAIT_MS = 10_000
const COMMAND_NOT_FOUND = 59

function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Mismatch(`expected that ${what}`)
}

/** A server without fail points says so by not knowing the command. */
async function setFailPoint(failPoint: Document, { internal, failPoints }: TestRun): Promise<void> {
  try {
    await internal.db('admin').command(failPoint)
    failPoints.add(failPoint.configureFailPoint)
  } catch (error) {
    if (error instanceof MongoServerError && error.code === COMMAND_NOT_FOUND)
      throw new NotRunnable('needs fail points')
    throw error
  }
}

const collectionNames = async ({ internal }: TestRun, database: string): Promise<string[]> =>
  (await internal.db(database).listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)

const indexNames = async ({ internal }: TestRun, { databaseName, collectionName }: Document): Promise<string[]> =>
  (
    await internal
      .db(databaseName)
      .collection(collectionName)
      .listIndexes()
      .toArray()
      .catch(() => [])
  ).map(({ name }) => name)

function sessionsOfLastTwo(entities: Entities, client: string): [unknown, unknown] {
  const started = entities
    .client(client)
    .events()
    .filter(({ name }) => name === 'commandStartedEvent')
  const [a, b] = started.slice(-2).map(({ event }) => event.command.lsid?.id?.toString('hex'))
  expectThat(a !== undefined && b !== undefined, 'the last two commands have sessions')
  return [a, b]
}

const countOf = (entities: Entities, client: string, event: Document): number =>
  entities.client(client).observed.filter((seen) => {
    try {
      expectEvent(seen, event, entities, 'event')
      return true
    } catch {
      return false
    }
  }).length

const STATES: Readonly<Record<string, string>> = {
  none: 'NO_TRANSACTION',
  starting: 'STARTING_TRANSACTION',
  in_progress: 'TRANSACTION_IN_PROGRESS',
  committed: 'TRANSACTION_COMMITTED',
  aborted: 'TRANSACTION_ABORTED',
}

/** What the driver keeps to itself and some tests ask for. */
interface Innards {
  topology?: { s: { servers: Map<string, { pool: { currentCheckedOutCount: number } }> } }
}

const session = (args: Document): ClientSession => args.session as ClientSession

/** What the runner itself is asked to do, or to see to. */
export const runnerOperations: Operations<undefined> = {
  createEntities: (_, { entities: wanted }, { entities }) => entities.create(wanted),
  failPoint: (_, { failPoint }, run) => setFailPoint(failPoint, run),
  targetedFailPoint: (_, { failPoint }, run) => setFailPoint(failPoint, run),
  wait: (_, { ms }) => wait(ms),
  async assertCollectionExists(_, { databaseName, collectionName }, run) {
    expectThat((await collectionNames(run, databaseName)).includes(collectionName), `${collectionName} exists`)
  },
  async assertCollectionNotExists(_, { databaseName, collectionName }, run) {
    expectThat(!(await collectionNames(run, databaseName)).includes(collectionName), `${collectionName} is not there`)
  },
  async assertIndexExists(_, args, run) {
    expectThat((await indexNames(run, args)).includes(args.indexName), `the index ${args.indexName} exists`)
  },
  async assertIndexNotExists(_, args, run) {
    expectThat(!(await indexNames(run, args)).includes(args.indexName), `the index ${args.indexName} is not there`)
  },
  assertSameLsidOnLastTwoCommands(_, { client }, { entities }) {
    expectThat(isDeepStrictEqual(...sessionsOfLastTwo(entities, client)), 'both commands are of one session')
  },
  assertDifferentLsidOnLastTwoCommands(_, { client }, { entities }) {
    expectThat(!isDeepStrictEqual(...sessionsOfLastTwo(entities, client)), 'the commands are of two sessions')
  },
  assertSessionDirty: (_, args) => expectThat(session(args).serverSession.isDirty, 'the session is dirty'),
  assertSessionNotDirty: (_, args) => expectThat(!session(args).serverSession.isDirty, 'the session is not dirty'),
  assertSessionPinned: (_, args) => expectThat(session(args).isPinned, 'the session is pinned'),
  assertSessionUnpinned: (_, args) => expectThat(!session(args).isPinned, 'the session is not pinned'),
  assertSessionTransactionState(_, args) {
    const { state } = (session(args) as unknown as { transaction: { state: string } }).transaction
    expectThat(state === STATES[args.state], `the transaction is ${args.state}`)
  },
  assertNumberConnectionsCheckedOut(_, { client, connections }, { entities }) {
    const servers = [...((entities.client(client) as Innards).topology?.s.servers.values() ?? [])]
    const out = servers.reduce((sum, { pool }) => sum + pool.currentCheckedOutCount, 0)
    expectThat(out === connections, `${connections} connections are in use, not ${out}`)
  },
  assertEventCount(_, { client, event, count }, { entities }) {
    const seen = countOf(entities, client, event)
    expectThat(seen === count, `the event came ${count} times, not ${seen}`)
  },
  async waitForEvent(_, { client, event, count }, { entities }) {
    const until = performance.now() + EVENT_WAIT_MS
    while (countOf(entities, client, event) < count) {
      expectThat(performance.now() < until, `${Object.keys(event)} comes ${count} times`)
      await wait(10)
    }
  },
}
