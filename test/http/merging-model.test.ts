import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailingOf } from '../../src/composition.js'
import { mergingOf } from '../../src/merging.js'
import { type ProviderProfile, providerProfile } from '../../src/modules/providers/index.js'
import type { Person } from '../../src/platform/http/viewer.js'
import { recordModels } from '../../src/platform/records/record.model.js'
import { addPerson } from '../support/accounts.js'
import { addProvider } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/**
 * Whatever curators do in whatever order (edit, rename, merge, undo, restore an older version), nothing is lost: every
 * address leads somewhere, every listing's versions lead to its present, and all merges undone, each is itself again.
 */

const RUNS = Number(process.env.MERGE_RUNS ?? 3)

let product: TestProduct
let actor: Person

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  const { personId } = await addPerson(product, { staff: 'curator' })
  actor = { kind: 'person', personId, memberships: [], staff: 'curator' }
})

afterAll(() => product.close())

const FIRMS = 4
const which = fc.integer({ min: 0, max: FIRMS - 1 })
const step = fc.oneof(
  fc.record({ do: fc.constant('edit' as const), a: which, n: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant('rename' as const), a: which, n: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant('merge' as const), a: which, b: which }),
  fc.record({ do: fc.constant('undo' as const), n: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ do: fc.constant('restore' as const), a: which, n: fc.integer({ min: 1, max: 9 }) }),
)

test('random edits, merges, undos and restores lose nothing', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const { core } = product
      const { versions, slugs } = recordModels(core.db)
      const merging = mergingOf(
        core,
        mailingOf(core, () => {}),
      )
      const parkId = core.park().id
      const ids: string[] = []
      for (let n = 0; n < FIRMS; n++)
        ids.push((await addProvider(product, { name: { vi: `Lục Bình ${n}` }, certifications: [`Dấu ${n}`] })).id)
      const read = async (id: string) => {
        const record = await core.records.byId<ProviderProfile>('provider', id)
        if (!record) throw new Error(`firm ${id} is lost`)
        return record
      }
      const write = async (id: string, published: ProviderProfile, slugFrom?: string) => {
        const edit = { id, set: { published }, ...(slugFrom && { slugFrom }) }
        await core.change<ProviderProfile>({ parkId, type: 'provider', by: 'system:test', why: 'test', edits: [edit] })
      }
      const done: string[] = []
      const undo = async (id: string) => {
        const { survivor, other, blocked } = await merging.merged(actor, parkId, id)
        const seen = { survivor: survivor.version, other: other.version }
        const result = await merging.undo(actor, parkId, id, seen)
        expect(result.ok).toBe(!blocked)
        if (result.ok) done.splice(done.indexOf(id), 1)
      }

      for (const one of steps) {
        if (one.do === 'merge') {
          const [a, b] = [await read(ids[one.a] ?? ''), await read(ids[one.b] ?? '')]
          if (a.id === b.id || a.mergedInto || b.mergedInto) continue
          const order = {
            ...{ choices: { certifications: 'both', description: 'other' } as const, parts: {} },
            versions: { survivor: a.version, other: b.version },
          }
          const result = await merging.merge(actor, parkId, { survivor: a.id, other: b.id }, order)
          if (!result.ok) throw new Error(result.reason)
          done.push(result.id)
        } else if (one.do === 'undo') {
          const id = done[one.n % Math.max(1, done.length)]
          if (id) await undo(id)
        } else {
          const record = await read(ids[one.a] ?? '')
          if (!record.published || record.mergedInto) continue
          const { published } = record
          if (one.do === 'edit')
            await write(record.id, providerProfile.parse({ ...published, description: { vi: `Bản ${one.n}` } }))
          else if (one.do === 'rename')
            await write(record.id, { ...published, tradeName: `Tên ${one.n}` }, `Tên ${one.n}`)
          else {
            const version = 1 + (one.n % record.version)
            const old = await versions.findOne({ recordId: record.id, version }).lean()
            await write(record.id, old?.published as ProviderProfile)
          }
        }
      }

      // Every address that any of them ever had leads to a listing that stands.
      for (const { slug } of await slugs.find({ recordId: { $in: ids } }).lean()) {
        const led = await core.records.bySlug(parkId, 'provider', slug)
        expect(led).toMatchObject({ mergedInto: null })
      }
      for (const id of ids) {
        expect(await core.records.bySlug(parkId, 'provider', id)).toMatchObject({ mergedInto: null })
        const record = await read(id)
        const rows = await versions.find({ recordId: id }).sort({ version: 1 }).lean()
        expect(rows.map(({ version }) => version)).toEqual(rows.map((_, n) => n + 1))
        const { published, mergedInto, slug } = rows.at(-1) ?? {}
        expect({ published, mergedInto, slug }).toEqual({
          ...{ published: record.published, mergedInto: record.mergedInto, slug: record.slug },
        })
      }
      // The last first, so that none is blocked: then each stands for itself, with what was its own.
      for (const id of [...done].reverse()) await undo(id)
      for (const [n, id] of ids.entries()) {
        const { mergedInto, published } = await read(id)
        expect(mergedInto).toBeNull()
        expect(published?.certifications).toContain(`Dấu ${n}`)
      }
    }),
    { numRuns: RUNS },
  )
})
