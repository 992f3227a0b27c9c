import { beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../../../src/kernel/clock.js'
import { createIndexing, type EngineIndexing } from '../../../../src/modules/indexing/index.js'
import { createLogger } from '../../../../src/platform/log/logger.js'
import type { StoredRecord } from '../../../../src/platform/records/record.types.js'
import { LocalEngine } from '../../../../src/platform/search/builtin/local-engine.js'
import type { SearchPort } from '../../../../src/platform/search/index.js'
import { memoryOffsets, memoryRecords, memorySetAside, SCHEMA } from './memory.js'

describe('indexing an engine that keeps its documents', () => {
  let records: ReturnType<typeof memoryRecords>
  let offsets: ReturnType<typeof memoryOffsets>
  let search: SearchPort
  let form: string
  const rebuilt = vi.fn()

  beforeEach(() => {
    records = memoryRecords()
    offsets = memoryOffsets()
    search = new LocalEngine()
    form = 'first'
    rebuilt.mockReset()
  })

  function start(): Promise<EngineIndexing> {
    const document = ({ id, version }: StoredRecord<never>) => ({ id, version, name: id })
    const indexing = createIndexing({
      engine: 'meilisearch',
      setAsideRows: memorySetAside(),
      clock: systemClock,
      search,
      records: records.repository,
      log: createLogger('silent'),
      projections: {
        provider: { index: 'providers', schema: SCHEMA, document },
        business: { index: 'businesses', schema: SCHEMA, document },
        need: { index: 'needs', schema: SCHEMA, document },
      },
      kept: { offsets, form: () => form },
    })
    return indexing.start(rebuilt).then(() => indexing)
  }
  const found = async () =>
    (await search.search('providers', {})).hits.map(({ id, document }) => [id, document.version])

  it('is filled once, and goes on from where it stood', async () => {
    records.change('a')
    const first = await start()
    expect(rebuilt).toHaveBeenCalledTimes(3)
    records.change('b')
    await first.caughtUp()
    await first.stop()
    records.change('a')
    records.change('c')

    const second = await start()
    await second.caughtUp()
    expect(rebuilt).toHaveBeenCalledTimes(3)
    expect(await found()).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 1],
    ])
    await second.stop()
  })

  it('is filled again when its documents are of another form', async () => {
    records.change('a')
    await (await start()).stop()
    form = 'second'
    await (await start()).stop()
    expect(rebuilt).toHaveBeenCalledTimes(6)
  })

  it('is filled again when it has lost its documents, also while it is followed', async () => {
    records.change('a')
    const indexing = await start()
    await search.remove('providers', ['a'])
    await indexing.start(rebuilt)
    expect(await found()).toEqual([['a', 1]])
    records.change('b')
    await indexing.caughtUp()
    expect(await found()).toEqual([
      ['a', 1],
      ['b', 1],
    ])
    await indexing.stop()
  })
})
