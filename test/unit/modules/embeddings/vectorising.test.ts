import { describe, expect, it } from 'vitest'
import { type Embed, EndpointFailed } from '../../../../src/modules/embeddings/endpoint.js'
import { startVectorising } from '../../../../src/modules/embeddings/vectorising.js'
import type { ChangeEntry, StoredRecord } from '../../../../src/platform/records/record.types.js'

/** Firms with texts of so many characters, by id, and what becomes of them. */
function firms(texts: Record<string, string>, embed: Embed) {
  const ids = Object.keys(texts)
  const kept = new Set<string>()
  const seen = { kept, errors: [] as unknown[], refused: [] as string[], made: [] as number[] }
  const entries = ids.map((id, at) => ({ seq: at + 1, type: 'provider', recordId: id }) as ChangeEntry)
  const started = startVectorising({
    records: {
      byIds: async (_type, wanted) => wanted.map((id) => ({ id }) as StoredRecord<never>),
      changesAfter: async (seq) => entries.filter((entry) => entry.seq > seq),
      lastSeq: async () => entries.length,
    },
    vectors: {
      of: async () => new Map(),
      hashes: async () => new Map(),
      put: async (rows) => {
        for (const { firm } of rows) kept.add(firm)
      },
      remove: async () => {},
      any: async () => false,
      clear: async () => {},
    },
    ...{ embed, model: 'm', offsets: { load: async () => null, reset: async () => {} } },
    document: ({ id }) => ({ id, version: 1, description: texts[id] ?? '' }),
    onError: (error) => seen.errors.push(error),
    onRefused: (firm) => seen.refused.push(firm),
    onMade: (count) => seen.made.push(count),
  })
  return { seen, started }
}

const some = (count: number, length: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, `${i} `.padEnd(length, 'x')]))

const vectorsOf: Embed = async (texts) => texts.map(() => Float32Array.of(1))

describe('the vectors of firms', () => {
  it.each([
    ['short texts, 16 of them', some(40, 20), [16, 16, 8]],
    ['long texts, as many as have 8,000 characters', some(5, 3000), [2, 2, 1]],
    ['texts that are cut at 4,000 characters, two of them', some(3, 9000), [2, 1]],
  ])('are asked for in requests of %s', async (_, texts, sizes) => {
    const asked: number[] = []
    const { seen, started } = firms(texts, async (sent, ...rest) => {
      asked.push(sent.length)
      return vectorsOf(sent, ...rest)
    })
    const follower = await started
    await follower.caughtUp()
    await follower.stop()
    expect(asked).toEqual(sizes)
    expect(seen.kept.size).toBe(Object.keys(texts).length)
    expect(seen.made).toEqual([seen.kept.size])
  })

  it('are asked for one by one where an endpoint is too slow for several at once', async () => {
    const { seen, started } = firms(some(5, 3000), async (sent, ...rest) => {
      if (sent.length > 1) throw new EndpointFailed('no answer', 'late')
      return vectorsOf(sent, ...rest)
    })
    const follower = await started
    await follower.caughtUp()
    await follower.stop()
    expect([...seen.kept]).toEqual(['f0', 'f1', 'f2', 'f3', 'f4'])
    expect(seen).toMatchObject({ errors: [], refused: [], made: [5] })
  })

  it('are asked for another time where it is late with one text, which is not taken for a refusal', async () => {
    let lateTimes = 2
    const { seen, started } = firms(some(3, 5000), async (sent, ...rest) => {
      if (sent.length === 1 && sent[0]?.startsWith('2') && lateTimes-- > 0) throw new EndpointFailed('none', 'late')
      return vectorsOf(sent, ...rest)
    })
    const follower = await started
    await follower.caughtUp()
    await follower.stop()
    expect([...seen.kept]).toEqual(['f0', 'f1', 'f2'])
    expect(seen.errors.map((error) => (error as EndpointFailed).reason)).toEqual(['late', 'late'])
    expect(seen.refused).toEqual([])
  })
})
