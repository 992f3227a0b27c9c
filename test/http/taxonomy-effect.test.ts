import { afterAll, beforeAll, expect, test } from 'vitest'
import { VISITOR } from '../../src/kernel/permissions.js'
import type { Act } from '../../src/modules/taxonomy-editing/acts/acts.types.js'
import type { QueryEffect } from '../../src/modules/taxonomy-editing/effect/effect.service.js'
import { draftRepository, taxonomyEditing, taxonomyEffect } from '../../src/modules/taxonomy-editing/index.js'
import { detectConcepts, type Trial, TrialEnded, type TrialSearch } from '../../src/platform/search/index.js'
import { addPerson } from '../support/accounts.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** What a preview says of searches is what they answer once it is saved. */

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const service = (id: string) => {
  const found = product.core.taxonomy().taxonomy.services.find((one) => one.id === id)
  if (!found) throw new Error(`no service ${id}`)
  return found
}

/** Looks at an act until all is tried, which ends the trials, saves it, and gives what was foretold. */
async function previewedAndSaved(act: Act): Promise<QueryEffect[]> {
  const { core } = product
  const park = core.park()
  const { personId } = await addPerson(product, { staff: 'curator' })
  const person = { kind: 'person', personId, memberships: [], staff: 'curator' } as const
  const uses = core.taxonomyUses
  const editing = taxonomyEditing({ ...core, uses, drafts: draftRepository(core.db, core.clock) })
  const made: Trial[] = []
  const trial: TrialSearch['trial'] = async (...of) => {
    const one = await core.trials.trial(...of)
    made.push(one)
    return one
  }
  const effect = taxonomyEffect({ ...core, uses, trials: { trial } })
  const kept = await editing.draft(person, park, act, core.taxonomy().taxonomy.version)
  if (!kept.ok) throw new Error(kept.reason)
  const { now, next } = await editing.preview(person, park, kept.id)
  if (!next) throw new Error('nothing follows')
  const effects: QueryEffect[] = []
  for (let from = 0; ; ) {
    const step = await effect.step(park, kept.id, now, next, from)
    effects.push(...(step.effects ?? []))
    from = step.tried
    if (step.effects && from >= step.queries) break
  }
  expect(made).toHaveLength(2)
  for (const one of made)
    await expect.poll(() => one.search('providers', {}).catch((error) => error)).toBeInstanceOf(TrialEnded)
  expect(await editing.save(person, park, kept.id, now.version)).toMatchObject({ ok: true })
  await core.indexing.caughtUp()
  return effects
}

async function answerNow(query: string): Promise<QueryEffect['after']> {
  const { core } = product
  const { total, found } = await core.providers.list(VISITOR, core.park().id, { q: query, limit: 3 })
  const understood = detectConcepts(query, core.lexicon()).found.filter(({ weight }) => weight >= 0.45)
  return {
    total,
    first: found.map(({ hit }) => String([hit.document.name].flat()[0])),
    understood: understood.map(({ id }) => id).sort(),
  }
}

const cases: [string, () => Act, string][] = [
  [
    'a word',
    () => ({ act: 'word', kind: 'service', id: 'accounting', list: 'synonyms', word: 'zzyzx', miss: null }),
    'zzyzx',
  ],
  [
    'a new name',
    () => ({
      ...{ act: 'change', kind: 'service', from: service('accounting') },
      to: { ...service('accounting'), name: { vi: 'Sổ sách qwrtp', en: 'Bookkeeping qwrtp' } },
    }),
    'Sổ sách qwrtp',
  ],
  ['merging', () => ({ act: 'merge', kind: 'service', id: 'e-invoice', successor: 'accounting' }), 'hóa đơn điện tử'],
  [
    'retiring',
    () => ({ act: 'retire', kind: 'service', id: 'digital-signature', successor: 'accounting' }),
    'chữ ký số',
  ],
]

test.each(cases)('%s: the searches that are said to change do, as was said', async (_what, act, among) => {
  const effects = await previewedAndSaved(act())
  expect(effects.map(({ query }) => query.toLowerCase())).toContain(among.toLowerCase())
  for (const { query, after } of effects) expect(await answerNow(query), query).toEqual(after)
})
