import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DataTooNew, type Migration, MigrationLockLost, migrate } from '../../../src/platform/db/migrations.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() => state().deleteMany({}))

const state = () => database.db.collection<{ _id: string }>('migrations')
const read = () => state().findOne({ _id: 'schema' })

/** Steps 1 to `count`, which write down that they ran. */
function steps(count: number, ran: string[], work: () => Promise<unknown> = async () => {}): Migration[] {
  return Array.from({ length: count }, (_, i) => ({
    number: i + 1,
    name: `step ${i + 1}`,
    up: async () => {
      ran.push(`step ${i + 1}`)
      await work()
    },
  }))
}

describe('steps', () => {
  test('run once and in order, also when more of them are known later', async () => {
    const ran: string[] = []
    expect(await migrate(database.db, steps(2, ran))).toEqual(['step 1', 'step 2'])
    expect(await migrate(database.db, steps(2, ran))).toEqual([])
    expect(await migrate(database.db, steps(4, ran))).toEqual(['step 3', 'step 4'])
    expect(ran).toEqual(['step 1', 'step 2', 'step 3', 'step 4'])
    expect(await read()).toMatchObject({ done: 4, lockedBy: null })
  })

  test('run once where two processes start at once, the second of which is told that it waits', async () => {
    const ran: string[] = []
    let waits = 0
    let tell = () => {}
    const told = new Promise<void>((resolve) => {
      tell = resolve
    })
    const onWait = () => {
      waits++
      tell()
    }
    const both = await Promise.all(
      [0, 1].map(() =>
        migrate(
          database.db,
          steps(2, ran, () => told),
          { onWait },
        ),
      ),
    )
    expect(ran).toEqual(['step 1', 'step 2'])
    expect(both.map((names) => names.length).sort()).toEqual([0, 2])
    expect(waits).toBe(1)
  })

  test('that take longer than the lock keep it all the same', async () => {
    const ran: string[] = []
    const options = { lockMs: 600 }
    const both = await Promise.all(
      [0, 1].map(() =>
        migrate(
          database.db,
          steps(1, ran, () => wait(950)),
          options,
        ),
      ),
    )
    expect(ran).toEqual(['step 1'])
    expect(both.flat()).toEqual(['step 1'])
  })

  test('that fail are not counted and free the lock, so that the next start tries them again', async () => {
    const ran: string[] = []
    const fails = steps(2, ran, async () => {
      if (ran.length === 2) throw new Error('disk full')
    })
    await expect(migrate(database.db, fails)).rejects.toThrow('disk full')
    expect(await read()).toMatchObject({ done: 1, lockedBy: null })
    expect(await migrate(database.db, steps(2, ran))).toEqual(['step 2'])
  })
})

test('data newer than the program is refused and left as it is', async () => {
  await migrate(database.db, steps(3, []))
  const before = await read()
  const ran: string[] = []
  await expect(migrate(database.db, steps(2, ran))).rejects.toThrow(DataTooNew)
  expect(ran).toEqual([])
  expect(await read()).toEqual(before)
})

describe('the lock', () => {
  const NOW = new Date('2026-03-01T00:00:00Z')
  const leftUntil = (lockedUntil: Date) =>
    state().insertOne({ _id: 'schema', done: 1, lockedBy: 'dead', lockedUntil } as { _id: string })

  test('of a holder that died is respected for its time, then taken over', async () => {
    await leftUntil(new Date(NOW.getTime() + 60_000))
    const ran: string[] = []
    let now = NOW
    const done = await migrate(database.db, steps(2, ran), {
      clock: () => now,
      onWait: () => {
        expect(ran).toEqual([])
        now = new Date(NOW.getTime() + 60_001)
      },
    })
    expect(now).not.toBe(NOW)
    expect(done).toEqual(['step 2'])
    expect(await read()).toMatchObject({ done: 2, lockedBy: null })
  })

  test('that another process took while a step ran fails the step, and is left to that process', async () => {
    const ran: string[] = []
    const robbed = steps(2, ran, () => state().updateOne({ _id: 'schema' }, { $set: { lockedBy: 'other' } }))
    await expect(migrate(database.db, robbed)).rejects.toThrow(MigrationLockLost)
    expect(ran).toEqual(['step 1'])
    expect(await read()).toMatchObject({ done: 0, lockedBy: 'other' })
  })
})
