import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { businessProfile } from '../../../src/modules/businesses/index.js'
import { membershipRepository } from '../../../src/modules/organisations/index.js'
import { providerProfile } from '../../../src/modules/providers/index.js'
import {
  createSummaryIndexes,
  fillSummaries,
  noteOwner,
  summaryProjection,
  summaryRepository,
} from '../../../src/modules/summaries/index.js'
import { createChange } from '../../../src/platform/records/change.repository.js'
import { createRecordIndexes } from '../../../src/platform/records/record.model.js'
import type { RecordFields } from '../../../src/platform/records/record.types.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

const NOW = new Date('2026-11-26T02:00:00Z')

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await createRecordIndexes(database.db)
  await createSummaryIndexes(database.db)
})
afterAll(() => database.close())

const firm = (name: string, more: object = {}) =>
  providerProfile.parse({
    ...{ name: { vi: name }, description: { vi: 'Một doanh nghiệp để thử.' }, park: { status: 'associated' } },
    ...more,
  })
const business = (name: string, listed: boolean) =>
  businessProfile.parse({ name: { vi: name }, description: { vi: 'Một cơ sở.' }, kind: 'household', listed })

function setup() {
  const { db } = database
  const change = createChange(db, () => NOW, { projections: [summaryProjection(db)] })
  const memberships = membershipRepository(
    db,
    () => NOW,
    (id, owned, session) => noteOwner(db, id, owned, session),
  )
  const add = async (parkId: string, type: 'provider' | 'business', set: RecordFields<unknown>, source = 'import') => {
    const edits = [{ set, slugFrom: 'x', source }]
    const [record] = await change({ parkId, type, by: 'me', why: 'test', edits })
    if (!record) throw new TypeError('nothing was added')
    return record.id
  }
  return { db, change, memberships, add, summaries: summaryRepository(db) }
}

/** All that is kept beside the records. */
async function kept() {
  const { db } = database
  const summaries = await db.collection('summaries').find({}).sort({ _id: 1 }).toArray()
  const counts = await db
    .collection('summaryCounts')
    .find({ n: { $ne: 0 } })
    .sort({ _id: 1 })
    .toArray()
  return { summaries, counts }
}

describe('summaries', () => {
  test('after any changes they and their counts are what making them anew gives', async () => {
    const { db, change, memberships, add } = setup()
    const park = 'random'
    const step = fc.record({
      which: fc.nat(3),
      act: fc.constantFrom(
        'rename',
        'suspend',
        'resume',
        'archive',
        'merge',
        'feature',
        'expire',
        'draft',
        'own',
        'leave',
      ),
      word: fc.constantFrom('Mây Nước', 'Lúa Vàng', 'Đò Ngang'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
        const ids = await Promise.all([
          add(park, 'provider', { published: firm('Một') }),
          add(park, 'provider', { working: firm('Hai', { taxCode: '0101243150' }) }, 'member'),
          add(park, 'business', { published: business('Ba', true) }),
          add(park, 'business', { published: business('Bốn', false) }),
        ])
        for (const { which, act, word } of steps) {
          const id = ids[which] ?? ''
          const type = which < 2 ? ('provider' as const) : ('business' as const)
          const content = type === 'provider' ? firm(word) : business(word, which === 2)
          const sets: Record<string, RecordFields<unknown>> = {
            rename: { published: content },
            draft: { working: content },
            suspend: { withheld: { kind: 'suspended', since: NOW, notice: null } },
            expire: { withheld: { kind: 'expired', since: NOW, notice: null }, expiresOn: '2026-11-25' },
            resume: { withheld: null, archivedAt: null },
            archive: { archivedAt: NOW },
            merge: { mergedInto: ids[0] ?? null },
            feature: { featuredAt: NOW },
          }
          const set = sets[act]
          const member = { parkId: park, type, organisation: id, personId: `person-${which}` }
          if (set) await change({ parkId: park, type, by: 'me', why: act, edits: [{ id, set }] })
          else if (act === 'own') await memberships.put({ ...member, role: 'owner' })
          else await memberships.remove(id, member.personId)
        }
        const before = await kept()
        await fillSummaries(db, memberships.owned)
        expect(before).toEqual(await kept())
      }),
      { numRuns: 3 },
    )
  }, 30_000)

  test('a listing is found by the beginnings of its words without accents, by tax code and by domain', async () => {
    const { add, summaries } = setup()
    const id = await add('words', 'provider', {
      published: firm('Công ty TNHH Đò Ngang', {
        taxCode: '0101243150',
        contacts: { website: { value: 'https://www.ben-do.example/gioi-thieu', visibility: 'public' } },
      }),
    })
    await add('words', 'provider', { published: firm('Công ty Lúa Vàng') })
    const found = async (q: string) => {
      const { rows, count } = await summaries.find('words', { q }, { sort: 'name', page: 1, size: 10 })
      expect(count.total).toBe(rows.length)
      return rows.map(({ _id }) => _id)
    }
    expect(await found('do ngan')).toEqual([id])
    expect(await found('ĐÒ')).toEqual([id])
    expect(await found('0101243150')).toEqual([id])
    expect(await found('ben-do.example')).toEqual([id])
    expect(await found('do vang')).toEqual([])
    expect(await found('(vang.*')).toHaveLength(1)
    expect(await found('cong ty')).toHaveLength(2)
  })

  test('counts keep to the filters of the other dimensions; merged listings are asked for by name', async () => {
    const { add, summaries } = setup()
    const standing = await add('counts', 'provider', { published: firm('Một') })
    await add('counts', 'provider', { working: firm('Hai') }, 'member')
    await add('counts', 'business', { published: business('Ba', true) })
    await add('counts', 'provider', { published: firm('Bốn'), mergedInto: standing })
    const of = (map: ReadonlyMap<unknown, number>) => Object.fromEntries(map)
    const all = await summaries.count('counts')
    expect(all.total).toBe(3)
    expect(of(all.facets.type)).toEqual({ provider: 2, business: 1 })
    expect(of(all.facets.standing)).toEqual({ public: 2, pending: 1, merged: 1 })
    const firms = await summaries.count('counts', { dimensions: { type: ['provider'], standing: ['pending'] } })
    expect(firms.total).toBe(1)
    expect(of(firms.facets.standing)).toEqual({ public: 1, pending: 1, merged: 1 })
    expect(of(firms.facets.source)).toEqual({ member: 1 })
    const merged = await summaries.find(
      'counts',
      { dimensions: { standing: ['merged'] } },
      { sort: 'name', page: 1, size: 10 },
    )
    expect(merged.rows.map(({ name, mergedInto }) => [name.vi, mergedInto])).toEqual([['Bốn', standing]])
  })

  test('every order and filter of the list has an index', async () => {
    const { db } = setup()
    const plan = async (filter: object, sort: Record<string, 1 | -1>, hint?: Record<string, 1>) => {
      const cursor = db.collection('summaries').find(filter).sort(sort)
      const explained = await (hint ? cursor.hint(hint) : cursor).explain()
      return JSON.stringify(explained.queryPlanner)
    }
    for (const field of ['sortName', 'updatedAt', 'createdAt', 'completeness', 'expiresOn']) {
      const walked = await plan({ parkId: 'p' }, { [field]: 1, _id: 1 }, { parkId: 1, [field]: 1, _id: 1 })
      expect(walked).toContain('IXSCAN')
      expect(walked).not.toContain('"SORT"')
    }
    for (const field of ['type', 'standing', 'band', 'source', 'featured', 'owned'])
      expect(await plan({ parkId: 'p', [field]: 'x' }, { sortName: 1, _id: 1 })).toContain('IXSCAN')
    expect(await plan({ parkId: 'p', $and: [{ words: /^lua/ }] }, { sortName: 1, _id: 1 })).toContain('words')
  })
})
