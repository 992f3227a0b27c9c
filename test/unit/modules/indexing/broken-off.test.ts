import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../../../src/kernel/clock.js'
import { createIndexing, type EngineIndexing, keptIndexOffsets } from '../../../../src/modules/indexing/index.js'
import { createLogger } from '../../../../src/platform/log/logger.js'
import type { StoredRecord } from '../../../../src/platform/records/record.types.js'
import { LocalEngine } from '../../../../src/platform/search/builtin/local-engine.js'
import { EngineUnavailable } from '../../../../src/platform/search/index.js'
import { memoryOffsets, memoryRecords, memorySetAside, SCHEMA } from './memory.js'

/** Each answers the engine as a start of the product finds it, and its place. */
const keptBy = {
  'a server': () => {
    const kept = { search: new LocalEngine(), offsets: memoryOffsets() }
    return () => kept
  },
  'its files': (folder: string) => () => {
    const search = new LocalEngine({ folder })
    return { search, offsets: keptIndexOffsets(search) }
  },
}

describe.each(Object.entries(keptBy))('building anew, broken off, of indexes that are kept by %s', (_where, opener) => {
  let folder: string
  let records: ReturnType<typeof memoryRecords>
  let open: () => { search: LocalEngine; offsets: ReturnType<typeof keptIndexOffsets> }
  let form: string
  let engine: LocalEngine
  let indexing: EngineIndexing
  /** Called with each record that a document is made of. */
  let onMade: (id: string) => unknown
  const built = vi.fn()

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'indexes-'))
    records = memoryRecords()
    open = opener(folder)
    form = 'first'
    onMade = () => {}
    built.mockReset()
    for (const id of ['a', 'b']) records.change(id)
  })
  afterEach(async () => {
    await indexing.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function start() {
    const { search, offsets } = open()
    const document = ({ id, version }: StoredRecord<never>) => {
      onMade(id)
      return { id, version, name: id }
    }
    engine = search
    indexing = createIndexing({
      ...{ engine: 'builtin', search, records: records.repository, setAsideRows: memorySetAside() },
      ...{ clock: systemClock, log: createLogger('silent'), kept: { offsets, form: () => form } },
      projections: {
        provider: { index: 'providers', schema: SCHEMA, document },
        business: { index: 'businesses', schema: SCHEMA, document },
        need: { index: 'needs', schema: SCHEMA, document },
      },
    })
    await indexing.start(built)
    await indexing.caughtUp()
  }
  const found = async () => (await engine.search('providers', {})).hits.map(({ id }) => id)

  it.each<[string, () => unknown]>([
    ['the product stops', () => indexing.stop()],
    ['it is given up', () => indexing.breakOff()],
  ])('leaves the old ones and their place, and the next start goes on from there, when %s', async (_why, breakOff) => {
    await start()
    onMade = (id) => {
      if (id !== 'b') return
      onMade = () => {}
      records.change('c')
      return breakOff()
    }
    await expect(indexing.rebuild(built)).rejects.toThrow(EngineUnavailable)
    expect((await found()).slice(0, 2)).toEqual(['a', 'b'])
    await indexing.stop()
    await start()
    expect(built).toHaveBeenCalledTimes(3)
    expect(await found()).toEqual(['a', 'b', 'c'])
  })

  it('is finished by the next start when the documents are of another form by then', async () => {
    await start()
    await indexing.stop()
    form = 'second'
    onMade = (id) => id === 'b' && indexing.stop()
    await expect(start()).rejects.toThrow(EngineUnavailable)
    onMade = () => {}
    records.change('c')
    await start()
    expect(built).toHaveBeenCalledTimes(6)
    expect(await found()).toEqual(['a', 'b', 'c'])
    await indexing.stop()
    await start()
    expect(built).toHaveBeenCalledTimes(6)
  })
})
