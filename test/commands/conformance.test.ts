import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runScript } from '../support/script.js'

const insert = (expectation: object) => ({
  name: 'insertOne',
  object: 'items',
  arguments: { document: { _id: 2, n: 2 } },
  ...expectation,
})
const sent = { commandStartedEvent: { commandName: 'insert', command: { insert: 'items', documents: [{ _id: 2 }] } } }
const outcomeOf = (documents: object[]) => [{ databaseName: 'spec', collectionName: 'items', documents }]
const lostAnswer = { configureFailPoint: 'onPrimaryTransactionalWrite', mode: { times: 1 } }

/** A file in the format of the tests of MongoDB's drivers: what each test says of itself is what should become of it. */
const SPEC = {
  description: 'items',
  schemaVersion: '1.0',
  createEntities: [
    { client: { id: 'client', observeEvents: ['commandStartedEvent'] } },
    { database: { id: 'database', client: 'client', databaseName: 'spec' } },
    { collection: { id: 'items', database: 'database', collectionName: 'items' } },
  ],
  initialData: [{ databaseName: 'spec', collectionName: 'items', documents: [{ _id: 1, n: 1 }] }],
  tests: [
    {
      description: 'passed: result, event and outcome',
      operations: [insert({ expectResult: { insertedId: { $$type: 'int' } } })],
      expectEvents: [{ client: 'client', events: [sent] }],
      outcome: outcomeOf([
        { _id: 1, n: 1 },
        { _id: 2, n: 2 },
      ]),
    },
    {
      description: 'passed: error',
      operations: [insert({}), insert({ expectError: { errorCode: 11000, isClientError: false } })],
    },
    {
      description: 'passed: an answer that is lost',
      operations: [
        { name: 'failPoint', object: 'testRunner', arguments: { client: 'client', failPoint: lostAnswer } },
        insert({}),
      ],
      expectEvents: [{ client: 'client', events: [sent, sent] }],
      outcome: outcomeOf([
        { _id: 1, n: 1 },
        { _id: 2, n: 2 },
      ]),
    },
    { description: 'failed: another result', operations: [insert({ expectResult: { insertedId: 3 } })] },
    { description: 'failed: no error', operations: [insert({ expectError: { errorCode: 11000 } })] },
    {
      description: 'failed: another error',
      operations: [insert({}), insert({ expectError: { errorCode: 11001 } })],
    },
    {
      description: 'failed: another event',
      operations: [insert({})],
      expectEvents: [{ client: 'client', events: [{ commandStartedEvent: { commandName: 'find' } }] }],
    },
    { description: 'failed: another outcome', operations: [insert({})], outcome: outcomeOf([{ _id: 1, n: 1 }]) },
    { description: 'skipped: for other servers', runOnRequirements: [{ minServerVersion: '99.0' }], operations: [] },
    { description: 'skipped: asks for what is not known', operations: [{ name: 'frobnicate', object: 'items' }] },
  ],
}

test('npm run conformance tells what passes, what fails and why, and what it skips and why', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  writeFileSync(join(folder, 'items.json'), JSON.stringify(SPEC))
  writeFileSync(join(folder, 'other.json'), '{"not": "of this format"}')
  try {
    const { code, stdout, json } = await runScript('conformance', [folder, '--json'])
    const { tests } = json() as { tests: { test: string; result: string; reason: string }[] }
    expect(tests.map(({ test, result }) => `${result}: ${test}`)).toEqual(
      SPEC.tests.map(({ description }) => `${description.split(':')[0]}: ${description}`),
    )
    expect(tests.filter(({ result }) => result !== 'passed').every(({ reason }) => reason !== '')).toBe(true)
    expect(stdout).toMatch(/all +3 +5 +2\n/)
    expect(stdout).toContain('needs server 99.0')
    expect(code).toBe(1)
    expect((await runScript('conformance', [join(folder, '..', 'nowhere')])).code).toBe(2)
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 300_000)
