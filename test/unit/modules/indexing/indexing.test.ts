import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createIndexing, type Indexing } from '../../../../src/modules/indexing/index.js'
import { createLogger } from '../../../../src/platform/log/logger.js'
import type { RecordRepository } from '../../../../src/platform/records/record.repository.js'
import type { ChangeEntry, RecordType, StoredRecord } from '../../../../src/platform/records/record.types.js'
import { createBuiltinEngine, type IndexSchema, type SearchPort } from '../../../../src/platform/search/index.js'

const SCHEMA: IndexSchema = { text: { name: { weight: 1, b: 0.5 } }, filterable: [], sortable: [] }

/** Records of one type and their change log, in memory. */
function memoryRecords() {
  const versions = new Map<string, number>()
  const changes: ChangeEntry[] = []
  const record = (id: string) => ({ id, version: versions.get(id) ?? 0 }) as StoredRecord<never>
  const repository: Partial<RecordRepository> = {
    byIds: async (type: RecordType, ids: readonly string[]) =>
      type === 'provider' ? ids.filter((id) => versions.has(id)).map(record) : [],
    each: async function* (type: RecordType) {
      if (type === 'provider') for (const id of versions.keys()) yield record(id)
    },
    changesAfter: async (seq, limit) => changes.filter((entry) => entry.seq > seq).slice(0, limit),
    lastSeq: async () => changes.length,
  }
  return {
    repository: repository as RecordRepository,
    change: (id: string) => {
      const version = (versions.get(id) ?? 0) + 1
      versions.set(id, version)
      changes.push({ seq: changes.length + 1, parkId: 'p', type: 'provider', recordId: id, version, at: new Date(0) })
    },
  }
}

/** The place in the change log of an engine, in memory. */
function memoryOffsets() {
  let kept: { form: string; seq: number } | null = null
  return {
    load: async (form: string) => (kept?.form === form ? kept.seq : null),
    save: async (form: string, seq: number) => {
      if (kept?.form === form && kept.seq < seq) kept = { form, seq }
    },
    reset: async (form: string, seq: number) => {
      kept = { form, seq }
    },
  }
}

describe('indexing an engine that keeps its documents', () => {
  let records: ReturnType<typeof memoryRecords>
  let offsets: ReturnType<typeof memoryOffsets>
  let search: SearchPort
  let form: string
  const rebuilt = vi.fn()

  beforeEach(() => {
    records = memoryRecords()
    offsets = memoryOffsets()
    search = createBuiltinEngine()
    form = 'first'
    rebuilt.mockReset()
  })

  function start(): Promise<Indexing> {
    const document = ({ id, version }: StoredRecord<never>) => ({ id, version, name: id })
    const indexing = createIndexing({
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
