import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Audit, auditRepository } from '../../../src/platform/audit/audit.repository.js'
import { type ChainModels, chainModels, createChain } from '../../../src/platform/audit/chain/chain.model.js'
import { digestOf, linkOf } from '../../../src/platform/audit/chain/chain.rules.js'
import { auditForgetting } from '../../../src/platform/audit/chain/forgetting.js'
import { notedHead } from '../../../src/platform/audit/chain/noted-head.js'
import { auditSealing } from '../../../src/platform/audit/chain/sealing.js'
import { type FindingKind, verifyAudit } from '../../../src/platform/audit/chain/verifying.js'
import { inTransaction } from '../../../src/platform/db/connection.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

let database: TestDatabase
let models: ChainModels
let audit: Audit
let now = new Date('2026-11-26T00:00:00Z')
const clock = () => now
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}

beforeAll(async () => {
  database = await openTestDatabase()
  models = chainModels(database.db)
  audit = auditRepository(database.db, clock)
})
afterAll(() => database.close())
beforeEach(async () => {
  for (const model of Object.values(models)) await model.collection.deleteMany({})
  await createChain(database.db)
})

const note = (recordId: string, by = 'somebody') =>
  audit.record({ parkId: 'p', by, action: 'sign-in', type: 'person', recordId, details: { way: 'password' } })

/** Ten entries, a minute apart, sealed. */
async function sealedTen() {
  for (let i = 1; i <= 10; i++) {
    await note(`r${i}`)
    later(1)
  }
  return auditSealing(database.db, clock, { batch: 4 })()
}

const faults = async (...noted: { seq: number; link: string }[]) =>
  (await verifyAudit(database.db, noted)).findings.map(({ kind, seq }) => `${kind} ${seq}`)

describe('sealing the audit log', () => {
  test('gives every entry one place, in order of time, and nothing to what is sealed already', async () => {
    const { sealed, head } = await sealedTen()
    expect([sealed, head.seq]).toEqual([10, 10])
    const entries = await models.entries.find().sort({ seq: 1 }).lean()
    expect(entries.map(({ recordId, seq }) => `${seq} ${recordId}`)).toEqual(
      entries.map((_, i) => `${i + 1} r${i + 1}`),
    )
    expect((await auditSealing(database.db, clock)()).sealed).toBe(0)
    expect(await verifyAudit(database.db, [head])).toMatchObject({ head, waiting: 0, erased: 0, late: 0, findings: [] })
  })

  test('by several instances at once makes one chain', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, i) => note(`r${i}`)))
    const instances = Array.from({ length: 3 }, () => auditSealing(database.db, clock, { batch: 7 }))
    await Promise.all(instances.map((seal) => seal()))
    await instances[0]?.()
    expect(await verifyAudit(database.db)).toMatchObject({ head: { seq: 40 }, waiting: 0, findings: [] })
    expect(await models.links.countDocuments()).toBe(40)
  })

  test('waits for an instance that is at it, and goes on once that one is long silent', async () => {
    await note('r')
    const until = new Date(now.getTime() + 60_000)
    await models.heads.updateOne({ _id: 'head' }, { $set: { heldBy: 'another', heldUntil: until } })
    expect((await auditSealing(database.db, clock)()).sealed).toBe(0)
    later(2)
    expect((await auditSealing(database.db, clock)()).sealed).toBe(1)
  })

  test('an entry whose transaction ends after younger ones were sealed is sealed then', async () => {
    await inTransaction(database.db, async (session) => {
      await audit.record({ parkId: 'p', by: 'slow', action: 'sign-in', type: 'person', recordId: 'slow' }, session)
      later(1)
      if ((await models.links.countDocuments()) > 0) return
      await note('quick')
      expect((await auditSealing(database.db, clock)()).sealed).toBe(1)
    })
    expect((await auditSealing(database.db, clock)()).sealed).toBe(1)
    const entries = await models.entries.find().sort({ seq: 1 }).lean()
    expect(entries.map(({ recordId }) => recordId)).toEqual(['quick', 'slow'])
    expect(await faults()).toEqual([])
  })

  test('what was written while nobody sealed is counted as late', async () => {
    await note('r')
    later(90)
    await auditSealing(database.db, clock)()
    expect(await verifyAudit(database.db)).toMatchObject({ late: 1, findings: [] })
  })
})

const entryAt = async (seq: number) => {
  const entry = await models.entries.findOne({ seq }).lean()
  if (!entry) throw new Error(`nothing at ${seq}`)
  return entry
}

/** Makes the chain anew from a place on, as somebody would who can write to the whole database. */
async function forgeFrom(start: number) {
  let before = (await models.links.findById(start - 1).lean())?.link ?? ''
  for (let seq = start; seq <= 10; seq++) {
    const entry = await entryAt(seq)
    const salt = (await models.links.findById(seq).lean())?.salt ?? ''
    const digest = digestOf(entry, salt)
    const link = linkOf(before, seq, entry._id, digest)
    await models.links.updateOne({ _id: seq }, { $set: { digest, link } })
    before = link
  }
  await models.heads.updateOne({ _id: 'head' }, { $set: { link: before } })
}

const TAMPERING: [what: string, act: () => Promise<unknown>, named: `${FindingKind} ${number}`[]][] = [
  ['who did it is changed', () => models.entries.updateOne({ seq: 4 }, { $set: { by: 'me' } }), ['changed 4']],
  [
    'a detail is changed',
    () => models.entries.updateOne({ seq: 10 }, { $set: { 'details.way': 'x' } }),
    ['changed 10'],
  ],
  ['an entry is removed', () => models.entries.deleteOne({ seq: 5 }), ['removed 5']],
  [
    'an entry and its link are removed',
    async () => {
      await models.entries.deleteOne({ seq: 5 })
      await models.links.deleteOne({ _id: 5 })
    },
    ['link-removed 5'],
  ],
  [
    'an entry is inserted',
    async () => models.entries.insertMany([{ ...(await entryAt(3)), _id: 'forged', recordId: 'forged' }]),
    ['inserted 3'],
  ],
  [
    'an entry is put behind the end',
    async () => models.entries.insertMany([{ ...(await entryAt(3)), _id: 'forged', seq: 11 }]),
    ['inserted 11'],
  ],
  [
    'two entries change places',
    async () => {
      const [one, other] = [await entryAt(6), await entryAt(7)]
      await models.entries.updateOne({ _id: one._id }, { $set: { seq: 7 } })
      await models.entries.updateOne({ _id: other._id }, { $set: { seq: 6 } })
    },
    ['moved 6', 'moved 7'],
  ],
  [
    'two entries change places with their links',
    async () => {
      const [six, seven] = [await entryAt(6), await entryAt(7)]
      const [one, other] = await models.links
        .find({ _id: { $in: [6, 7] } })
        .sort({ _id: 1 })
        .lean()
      await models.links.deleteMany({ _id: { $in: [6, 7] } })
      await models.links.insertMany([
        { ...one, _id: 7 },
        { ...other, _id: 6 },
      ])
      await models.entries.updateOne({ _id: six._id }, { $set: { seq: 7 } })
      await models.entries.updateOne({ _id: seven._id }, { $set: { seq: 6 } })
    },
    ['link-changed 6', 'link-changed 7', 'link-changed 8'],
  ],
  ['a link is changed', () => models.links.updateOne({ _id: 6 }, { $set: { link: 'x' } }), ['link-changed 6']],
  [
    'a digest is changed',
    () => models.links.updateOne({ _id: 6 }, { $set: { digest: 'x' } }),
    ['changed 6', 'link-changed 6'],
  ],
  ['the last link is changed', () => models.links.updateOne({ _id: 10 }, { $set: { link: 'x' } }), ['link-changed 10']],
  [
    'the end is cut off',
    async () => {
      await models.entries.deleteMany({ seq: { $gt: 8 } })
      await models.links.deleteMany({ _id: { $gt: 8 } })
    },
    ['truncated 9'],
  ],
  ['the head is taken away', () => models.heads.deleteMany({}), ['truncated 11']],
  [
    'a salt is taken away',
    () => models.links.updateOne({ _id: 2 }, { $set: { salt: null } }),
    ['erased-unrecorded 10'],
  ],
]

describe('verifying the audit log', () => {
  test.each(TAMPERING)('names it when %s', async (_, act, named) => {
    await sealedTen()
    await act()
    expect(await faults()).toEqual(named)
  })

  test('names an end that was cut off with care, and a chain made anew, by a head that was noted outside', async () => {
    const { head } = await sealedTen()
    await models.entries.updateOne({ seq: 4 }, { $set: { by: 'me' } })
    await forgeFrom(4)
    expect(await faults()).toEqual([])
    expect(await faults(head)).toEqual(['rewritten 10'])
    await models.entries.deleteMany({ seq: { $gt: 8 } })
    await models.links.deleteMany({ _id: { $gt: 8 } })
    const last = await models.links.findById(8).lean()
    await models.heads.updateOne({ _id: 'head' }, { $set: { seq: 8, link: last?.link } })
    expect(await faults()).toEqual([])
    expect(await faults(head)).toEqual(['truncated 9'])
  })

  test('a noted head is not written over by one that does not stand on it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'head-'))
    const noted = notedHead(folder, database.db)
    expect(noted.read()).toBeNull()
    const { head } = await sealedTen()
    expect(await noted.note(head)).toBe(true)
    const earlier = await models.links.findById(7).lean()
    expect(await noted.note({ seq: 7, link: earlier?.link ?? '' })).toBe(true)
    expect(noted.read(), 'an instance that comes late takes nothing back').toEqual(head)
    await models.links.deleteMany({ _id: { $gt: 8 } })
    expect(await noted.note({ seq: 8, link: 'f'.repeat(64) })).toBe(false)
    expect(noted.read()).toEqual(head)
    rmSync(folder, { recursive: true })
  })
})

test('when a person is erased his own dealings are emptied, and the chain holds', async () => {
  await sealedTen()
  await note('person', 'person')
  later(1)
  await note('person', 'administrator')
  await note('other', 'person')
  await auditSealing(database.db, clock)()
  await note('person', 'person')
  const forget = auditForgetting(database.db, audit)
  await inTransaction(database.db, (session) => forget({ parkId: 'p', personId: 'person' }, session))
  expect(await verifyAudit(database.db)).toMatchObject({ erased: 1, findings: [] })
  await auditSealing(database.db, clock)()
  expect(await verifyAudit(database.db)).toMatchObject({ erased: 1, head: { seq: 15 }, findings: [] })
  const left = await models.entries.find({ $or: [{ by: 'person' }, { recordId: 'person' }] }).lean()
  expect(left.map(({ by, recordId }) => `${by} ${recordId}`).sort()).toEqual([
    ...['administrator person', 'person other', 'system:erasure person'],
  ])
  // What was emptied cannot be made up again: there is no salt to prove it by.
  expect((await models.links.findById(11).lean())?.salt).toBeNull()
})
