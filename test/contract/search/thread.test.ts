import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { LocalEngine } from '../../../src/platform/search/builtin/local-engine.js'
import {
  createBuiltinEngine,
  EngineUnavailable,
  type SearchDocument,
  type SearchPort,
  type Trial,
  TrialEnded,
  UnknownField,
  UnknownIndex,
} from '../../../src/platform/search/index.js'
import { FIRMS, LEXICON, SCHEMA } from './fixtures.js'

async function* each(documents: readonly SearchDocument[]) {
  yield* documents
}

describe('the engine in its thread', () => {
  const engine = createBuiltinEngine()
  const here = new LocalEngine()

  beforeAll(async () => {
    for (const one of [engine, here]) {
      await one.ensureIndex('providers', SCHEMA)
      await one.useLexicon(LEXICON)
      await one.rebuild('providers', each(FIRMS))
    }
  })
  afterAll(() => Promise.all([engine.close(), here.close()]))

  it('answers every question as it does without one', async () => {
    const query = { q: 'phan mem ke toan', facets: ['sector'], highlight: ['name', 'description'] }
    const need = { text: 'cần hóa đơn điện tử cho tiệm', limit: 3, concepts: [{ id: 'service:e-invoice', weight: 1 }] }
    for (const ask of [
      (e: SearchPort) => e.search('providers', query),
      (e: SearchPort) => e.multi([{ index: 'providers', query }]),
      (e: SearchPort) => e.matchText('providers', need),
      (e: SearchPort) => e.facetValues('providers', 'sector', 'r'),
      (e: SearchPort) => e.similar('providers', 'saomai', 2),
      (e: SearchPort) => e.documents('providers', ['saomai', 'nobody']),
      (e: SearchPort) => e.page('providers', { from: null, limit: 3 }),
      (e: SearchPort) => e.health(),
    ])
      expect(await ask(engine)).toEqual(await ask(here))
    const trial = await engine.trial(LEXICON, { providers: new Map([['saomai', null]]) })
    expect((await trial.search('providers', { q: 'sao mai' })).hits.map(({ id }) => id)).not.toContain('saomai')
  })

  it.each(Object.entries({ 'the thread': engine, 'the engine itself': here }))(
    'a trial in %s is searched until it is ended, and held no longer',
    async (_where, one) => {
      const trial = await one.trial(LEXICON, { providers: new Map([['saomai', null]]) })
      const other = await one.trial(LEXICON)
      await trial.end()
      await trial.end()
      await expect(trial.search('providers', { q: 'sao mai' })).rejects.toThrow(TrialEnded)
      expect((await other.search('providers', { q: 'sao mai' })).hits[0]?.id).toBe('saomai')
      await other.end()
    },
  )

  it('keeps apart trials that are begun at once', async () => {
    const [without, all] = await Promise.all([
      engine.trial(LEXICON, { providers: new Map([['saomai', null]]) }),
      engine.trial(LEXICON),
    ])
    const found = async (trial: Trial) => (await trial.search('providers', { q: 'sao mai' })).hits.map(({ id }) => id)
    expect(await found(without)).not.toContain('saomai')
    expect(await found(all)).toContain('saomai')
    await without.end()
    expect(await found(all)).toContain('saomai')
    await all.end()
  })

  it('shows a write to the next read', async () => {
    await engine.upsert('providers', [{ id: 'new', version: 1, name: 'Bông Súng' }])
    expect((await engine.search('providers', { q: 'bong sung' })).hits[0]?.id).toBe('new')
    await engine.remove('providers', ['new'])
    const { hits } = await engine.search('providers', { q: 'bong sung' })
    expect(hits.map(({ id }) => id)).not.toContain('new')
  })

  it("hands the caller's mistakes back as what they are", async () => {
    await expect(engine.search('needs', {})).rejects.toThrow(UnknownIndex)
    await expect(engine.search('providers', { facets: ['nothing'] })).rejects.toThrow(
      new UnknownField('providers', 'nothing'),
    )
  })

  it('keeps the old documents when the source of new ones fails', async () => {
    async function* failing() {
      yield { id: 'x', version: 1, name: 'X' }
      throw new Error('the source fails')
    }
    await expect(engine.rebuild('providers', failing())).rejects.toThrow('the source fails')
    expect((await engine.search('providers', {})).total).toBe(FIRMS.length)
  })

  it('is there again after its thread has ended, and says that it has lost what it held', async () => {
    const lost = vi.fn()
    const problems: string[] = []
    const small = createBuiltinEngine({ heapMb: 24, onLost: lost, onProblem: (problem) => problems.push(problem) })
    await small.ensureIndex('providers', SCHEMA)
    await small.useLexicon(LEXICON)
    await small.rebuild('providers', each(FIRMS))
    const tags = Array.from({ length: 500_000 }, (_, n) => `a value that is longer than any sensible one ${n}`)
    await expect(small.upsert('providers', [{ id: 'vast', version: 1, tags }])).rejects.toThrow(EngineUnavailable)
    expect(lost).toHaveBeenCalledOnce()
    expect(problems.join(' ')).toContain('the search thread ended')
    expect((await small.search('providers', { q: 'hddt' })).total).toBe(0)
    await small.rebuild('providers', each(FIRMS))
    expect((await small.search('providers', { q: 'hddt' })).total).toBeGreaterThan(0)
    await small.close()
  })

  it('answers no more when it is closed', async () => {
    const other = createBuiltinEngine()
    await other.ensureIndex('providers', SCHEMA)
    await other.close()
    await expect(other.search('providers', {})).rejects.toThrow(EngineUnavailable)
    expect((await other.health()).state).toBe('unavailable')
  })
})

describe('an engine that keeps its indexes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'indexes-'))
  const opened: LocalEngine[] = []
  afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const path = join(folder, 'providers.index')
  async function open(onError?: (error: unknown) => void) {
    const engine = new LocalEngine({ folder, ...(onError && { onError }) })
    opened.push(engine)
    await engine.ensureIndex('providers', SCHEMA)
    await engine.useLexicon(LEXICON)
    return engine
  }
  async function filled(form = 'first', seq = 7) {
    const engine = await open()
    await engine.moveTo({ form, seq })
    await engine.rebuild('providers', each(FIRMS))
    return engine
  }
  const answers = async (engine: LocalEngine) => ({
    found: await engine.search('providers', { q: 'ke toan', facets: ['sector', 'size'], highlight: ['name'] }),
    sorted: await engine.search('providers', { sort: [{ field: 'name', order: 'asc' }] }),
    slip: await engine.search('providers', { q: 'kế toná' }),
    matched: await engine.matchText('providers', { text: 'xuất hóa đơn và ghi sổ', limit: 5 }),
  })

  it('answers after a restart as before, and says how far it goes', async () => {
    const before = await filled()
    const expected = await answers(before)
    const after = await open()
    expect(await after.restored('first')).toBe(7)
    expect(await answers(after)).toEqual(expected)
  })

  it('takes writes to what it has read, and has them after it is tidied', async () => {
    await filled()
    const engine = await open()
    await engine.restored('first')
    await engine.upsert('providers', [{ id: 'saomai', version: 9, name: 'Sao Hôm' }])
    await engine.remove('providers', ['bongsen'])
    expect((await engine.search('providers', { q: 'sao hom' })).hits[0]?.id).toBe('saomai')
    await engine.moveTo({ form: 'second', seq: 12 })
    await engine.renew()
    const later = await open()
    expect(await later.restored('first')).toBeNull()
    expect(await later.restored('second')).toBe(12)
    expect(await answers(later)).toEqual(await answers(engine))
  })

  it('does not say of documents that are being made anew that they are of the new form', async () => {
    const engine = await filled()
    await engine.advance({ form: 'second', seq: 9 })
    await engine.rebuild('providers', each(FIRMS))
    expect(await (await open()).restored('second')).toBeNull()
    await engine.advance({ form: 'first', seq: 11 })
    await engine.rebuild('providers', each(FIRMS))
    expect(await (await open()).restored('first')).toBe(11)
  })

  it('leaves no document out of its pages when it is built anew between them', async () => {
    const engine = await filled()
    await engine.remove('providers', ['saomai'])
    const first = await engine.page('providers', { from: null, limit: 3 })
    await engine.rebuild('providers', each(FIRMS.slice(1)))
    const ids = new Set(first.documents.map(({ id }) => id))
    for (let { next } = first; next !== null; ) {
      const part = await engine.page('providers', { from: next, limit: 3 })
      for (const { id } of part.documents) ids.add(id)
      next = part.next
    }
    expect(ids.size).toBe(FIRMS.length - 1)
  })

  it('does not trust a damaged, cut, empty or foreign file', async () => {
    await filled()
    const sound = readFileSync(path)
    const flipped = (at: number) => {
      const bytes = Buffer.from(sound)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      return bytes
    }
    const damaged = [
      ...[0, 9, 40, 200, sound.length >> 1, sound.length - 40, sound.length - 1].map(flipped),
      ...[sound.subarray(0, -1), sound.subarray(0, 20), Buffer.alloc(0), Buffer.from('hello')],
    ]
    for (const bytes of damaged) {
      writeFileSync(path, bytes)
      const engine = await open()
      expect(await engine.restored('first')).toBeNull()
      expect((await engine.search('providers', {})).total).toBe(0)
    }
    writeFileSync(path, sound)
    expect(await (await open()).restored('first')).toBe(7)
  })

  it('works on where nothing can be written, and says so', async () => {
    const told = vi.fn()
    const engine = new LocalEngine({ folder: join(path, 'not-a-folder'), onError: told })
    opened.push(engine)
    await engine.ensureIndex('providers', SCHEMA)
    await engine.moveTo({ form: 'first', seq: 1 })
    await engine.rebuild('providers', each(FIRMS))
    expect(told).toHaveBeenCalledOnce()
    expect((await engine.search('providers', {})).total).toBe(FIRMS.length)
  })

  it('leaves nothing half written', async () => {
    await filled()
    expect(readdirSync(folder)).toEqual(['providers.index'])
  })
})
