import { serialize } from 'bson'
import { describe, expect, it } from 'vitest'
import { decodeArchive } from '../../../../src/platform/db/archive/decode.js'
import { encodeArchive } from '../../../../src/platform/db/archive/encode.js'
import type { ArchiveEntry, CollectionTotals } from '../../../../src/platform/db/archive/format.js'

const ENTRIES: readonly ArchiveEntry[] = [
  { kind: 'header', header: { step: 6, madeAt: new Date('2026-11-27T01:00:00Z') } },
  { kind: 'file', file: { path: 'secrets/csrf', bytes: Buffer.from('secret') } },
  { kind: 'collection', collection: { name: 'empty', options: {}, indexes: [] } },
  { kind: 'collection', collection: { name: 'items', options: {}, indexes: [{ v: 2, key: { n: 1 }, name: 'n_1' }] } },
  { kind: 'document', raw: serialize({ _id: 1, n: 'one' }) },
  { kind: 'document', raw: serialize({ _id: 2, n: 'two' }) },
]

async function* from<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items
}

async function encoded(entries: readonly ArchiveEntry[] = ENTRIES) {
  const totals: CollectionTotals[] = []
  const pieces: Buffer[] = []
  for await (const piece of encodeArchive(from(entries), (each) => totals.push(each))) pieces.push(piece)
  return { bytes: Buffer.concat(pieces), totals }
}

async function decoded(bytes: Buffer, chunk = bytes.length): Promise<ArchiveEntry[]> {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
    bytes.subarray(i * chunk, (i + 1) * chunk),
  )
  const entries: ArchiveEntry[] = []
  for await (const entry of decodeArchive(from(chunks))) entries.push(entry)
  return entries
}

describe('the records of an archive', () => {
  it('come back as they went in, however the bytes are cut', async () => {
    const { bytes, totals } = await encoded()
    const whole = await decoded(bytes)
    expect(whole.map(({ kind }) => kind)).toEqual(ENTRIES.map(({ kind }) => kind))
    expect(whole[0]).toEqual(ENTRIES[0])
    expect(whole.at(-1)).toMatchObject({ raw: Buffer.from(serialize({ _id: 2, n: 'two' })) })
    for (const chunk of [1, 7, 100]) expect(await decoded(bytes, chunk)).toEqual(whole)
    expect(totals).toMatchObject([
      { name: 'empty', documents: 0, indexes: 0 },
      { name: 'items', documents: 2, indexes: 1 },
    ])
  })

  it('are refused wherever they end too early', async () => {
    const { bytes } = await encoded()
    for (let end = 0; end < bytes.length; end += 3)
      await expect(decoded(bytes.subarray(0, end)), `cut at ${end}`).rejects.toMatchObject({
        name: 'UnreadableArchive',
      })
  })

  it('are refused whichever byte is another', async () => {
    const { bytes } = await encoded()
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0x10
      await expect(decoded(changed), `changed at ${at}`).rejects.toMatchObject({ name: 'UnreadableArchive' })
    }
  })

  it('are refused when something follows their end, or a document is missing, added or moved', async () => {
    const { bytes } = await encoded()
    await expect(decoded(Buffer.concat([bytes, bytes]))).rejects.toThrow('is damaged: something follows its end')
    const one = Buffer.concat([Buffer.from('D'), serialize({ _id: 1, n: 'one' })])
    const at = bytes.indexOf(one)
    const without = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + one.length)])
    await expect(decoded(without)).rejects.toThrow('the documents of "items" are not those that were written')
    const twice = Buffer.concat([bytes.subarray(0, at), one, bytes.subarray(at)])
    await expect(decoded(twice)).rejects.toThrow('the documents of "items" are not those that were written')
  })

  it('of a newer form, and of other programs, are refused by name', async () => {
    const newer = Buffer.concat([Buffer.from('H'), serialize({ archive: 'cau-noi-so archive', version: 2 })])
    await expect(decoded(newer)).rejects.toThrow('has format 2, this version knows up to 1: use a newer version')
    const other = Buffer.concat([Buffer.from('H'), serialize({ archive: 'other', version: 1 })])
    for (const bytes of [other, Buffer.from('{"a": 1}\n'.repeat(10)), Buffer.alloc(100), Buffer.alloc(0)])
      await expect(decoded(bytes)).rejects.toThrow('is no archive of this product')
  })
})
