import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../../src/kernel/clock.js'
import { LocalEngine } from '../../../src/platform/search/builtin/local-engine.js'
import { type FallbackSearch, type SearchPort, UnknownField, withFallback } from '../../../src/platform/search/index.js'
import { SCHEMA } from './fixtures.js'

/** How the primary engine behaves. */
type Mood = 'well' | 'failing' | 'hanging' | 'slow' | 'building'

const REFUSED = new Error('connection refused')

/** An engine with one document that says where it was found, and moods. */
async function engineNamed(name: string, mood: () => Mood = () => 'well', onLook = () => {}): Promise<SearchPort> {
  const engine = new LocalEngine()
  await engine.ensureIndex('providers', SCHEMA)
  await engine.upsert('providers', [{ id: name, version: 1, name, ward: 'w' }])
  const moody = async <T>(answer: () => Promise<T>): Promise<T> => {
    if (mood() === 'failing') throw REFUSED
    return mood() === 'hanging' || mood() === 'slow' ? new Promise(() => {}) : answer()
  }
  return {
    ...bound(engine),
    search: (index, query) => moody(() => engine.search(index, query)),
    multi: (queries) => moody(() => engine.multi(queries)),
    matchText: (index, query) => moody(() => engine.matchText(index, query)),
    facetValues: (index, field, prefix) => moody(() => engine.facetValues(index, field, prefix)),
    similar: (index, id, limit, filter) => moody(() => engine.similar(index, id, limit, filter)),
    health: () => {
      onLook()
      // A slow server says that it is well.
      if (mood() === 'slow') return engine.health()
      return moody(async () => (mood() === 'building' ? { state: 'building', reason: 'rebuilding' } : engine.health()))
    },
  }
}

const bound = (engine: SearchPort): SearchPort => ({
  ensureIndex: (index, schema) => engine.ensureIndex(index, schema),
  useLexicon: (lexicon) => engine.useLexicon(lexicon),
  upsert: (index, documents) => engine.upsert(index, documents),
  remove: (index, ids) => engine.remove(index, ids),
  flush: (index) => engine.flush(index),
  rebuild: (index, documents) => engine.rebuild(index, documents),
  search: (index, query) => engine.search(index, query),
  multi: (queries) => engine.multi(queries),
  matchText: (index, query) => engine.matchText(index, query),
  facetValues: (index, field, prefix) => engine.facetValues(index, field, prefix),
  similar: (index, id, limit, filter) => engine.similar(index, id, limit, filter),
  documents: (index, ids) => engine.documents(index, ids),
  page: (index, part) => engine.page(index, part),
  health: () => engine.health(),
  close: () => engine.close(),
})

describe('search with a fallback', () => {
  let mood: Mood
  let lag: number
  let looks: number
  let search: FallbackSearch
  const recover = vi.fn(async () => {})
  const onSwitch = vi.fn()

  beforeEach(async () => {
    mood = 'well'
    lag = 0
    looks = 0
    recover.mockReset()
    recover.mockResolvedValue()
    onSwitch.mockReset()
    const primary = await engineNamed(
      'primary',
      () => mood,
      () => looks++,
    )
    search = withFallback(primary, await engineNamed('builtin'), {
      recover,
      onSwitch,
      lag: async () => lag,
      clock: systemClock,
      timeoutMs: 60,
      probeMs: 5,
    })
  })
  afterEach(() => search.close())

  const answering = async () => (await search.search('providers', {})).hits[0]?.id
  const onPrimary = () => vi.waitFor(() => expect(onSwitch).toHaveBeenLastCalledWith('primary', expect.any(String)))
  const onBuiltin = () => vi.waitFor(() => expect(onSwitch).toHaveBeenLastCalledWith('fallback', expect.any(String)))

  /** What comes without any waiting; a machine that is busy makes no difference, since timers are due after what needs none. */
  const atOnce = <T>(answer: Promise<T>) => Promise.race([answer, wait(20).then(() => 'late')])

  it('answers from the built-in engine until the primary one is set up, ready and caught up', async () => {
    lag = 3
    expect(await answering()).toBe('builtin')
    expect((await search.health()).fallback).toBe(true)
    search.watch()
    await vi.waitFor(() => expect(recover.mock.calls.length).toBeGreaterThan(2))
    expect(await answering()).toBe('builtin')
    lag = 0
    await onPrimary()
    expect(await answering()).toBe('primary')
    expect(await search.health()).toEqual({ state: 'ready', reason: '', fallback: false })
  })

  it.each<Mood>(['failing', 'hanging'])(
    'a read that finds the primary engine %s is answered by the built-in one',
    async (how) => {
      search.watch()
      await onPrimary()
      mood = how
      expect(await answering()).toBe('builtin')
      expect(onSwitch).toHaveBeenLastCalledWith('fallback', expect.any(String))
      expect(await search.health()).toEqual({ state: 'ready', reason: '', fallback: true })
    },
  )

  it('all who wait for the primary engine are answered as soon as one has waited too long', async () => {
    search.watch()
    await onPrimary()
    mood = 'hanging'
    const first = answering()
    await wait(40)
    const others = Array.from({ length: 20 }, answering)
    expect(await first).toBe('builtin')
    // Each by itself would have waited another 40 ms.
    expect(await atOnce(Promise.all(others))).toEqual(others.map(() => 'builtin'))
    expect(onSwitch.mock.calls.filter(([to]) => to === 'fallback')).toHaveLength(1)
  })

  it('a primary engine that says it is well and answers too late is not gone back to until it answers in time', async () => {
    search.watch()
    await onPrimary()
    mood = 'slow'
    expect(await answering()).toBe('builtin')
    const before = looks
    await vi.waitFor(() => expect(looks).toBeGreaterThan(before + 1))
    expect(onSwitch).toHaveBeenLastCalledWith('fallback', expect.any(String))
    expect(await atOnce(answering())).toBe('builtin')
    mood = 'well'
    await onPrimary()
  })

  it('tells since when which engine answers, and why', async () => {
    expect(search.lastSwitch()).toMatchObject({ to: 'fallback', reason: '' })
    search.watch()
    await onPrimary()
    const begun = new Date()
    mood = 'failing'
    await answering()
    expect(search.lastSwitch()).toMatchObject({ to: 'fallback', reason: REFUSED.message })
    expect(search.lastSwitch().at.getTime()).toBeGreaterThanOrEqual(begun.getTime())
  })

  it('every kind of question moves', async () => {
    const questions: [string, () => Promise<unknown>][] = [
      ['multi', () => search.multi([{ index: 'providers', query: {} }])],
      ['matchText', () => search.matchText('providers', { text: 'builtin', limit: 1 })],
      ['facetValues', () => search.facetValues('providers', 'ward', '')],
      ['similar', () => search.similar('providers', 'builtin', 1)],
    ]
    search.watch()
    for (const [kind, ask] of questions) {
      mood = 'well'
      await onPrimary()
      mood = 'failing'
      await expect(ask(), kind).resolves.toBeDefined()
      expect(onSwitch).toHaveBeenLastCalledWith('fallback', expect.any(String))
      onSwitch.mockClear()
    }
  })

  it('goes back when the primary engine is well, and sets it up before', async () => {
    search.watch()
    await onPrimary()
    mood = 'failing'
    expect(await answering()).toBe('builtin')
    const before = recover.mock.calls.length
    mood = 'well'
    await onPrimary()
    expect(recover.mock.calls.length).toBeGreaterThan(before)
    expect(await answering()).toBe('primary')
  })

  it('notices without any read that the primary engine is away', async () => {
    search.watch()
    await onPrimary()
    mood = 'failing'
    await onBuiltin()
    expect(onSwitch).toHaveBeenLastCalledWith('fallback', REFUSED.message)
  })

  it('stays with the built-in engine while the primary one is being built or cannot be set up', async () => {
    mood = 'building'
    search.watch()
    await vi.waitFor(() => expect(looks).toBeGreaterThan(2))
    expect(recover).not.toHaveBeenCalled()
    expect(await answering()).toBe('builtin')
    recover.mockRejectedValue(new Error('a task failed'))
    mood = 'well'
    await vi.waitFor(() => expect(recover.mock.calls.length).toBeGreaterThan(2))
    expect(await answering()).toBe('builtin')
    expect(onSwitch.mock.calls).toEqual([['fallback', 'rebuilding']])
    expect(search.lastSwitch()).toMatchObject({ to: 'fallback', reason: 'a task failed' })
  })

  it('leaves a primary engine that stays behind the change log', async () => {
    search.watch()
    await onPrimary()
    lag = 7
    await onBuiltin()
    expect(onSwitch).toHaveBeenLastCalledWith('fallback', 'it is 7 changes behind')
  })

  it("a caller's mistake is the caller's, and no reason to leave", async () => {
    search.watch()
    await onPrimary()
    await expect(search.search('providers', { facets: ['nothing'] })).rejects.toBeInstanceOf(UnknownField)
    expect(await answering()).toBe('primary')
  })

  it('hands new words to both engines', async () => {
    const concept = { id: 'service:x', terms: ['primary', 'builtin', 'searched'], abbreviations: [], cues: [] }
    await search.useLexicon({ version: 1, concepts: [concept], abbreviations: {} })
    const found = async () => (await search.search('providers', { q: 'searched' })).hits.map(({ id }) => id)
    expect(await found()).toEqual(['builtin'])
    search.watch()
    await onPrimary()
    expect(await found()).toEqual(['primary'])
  })
})
