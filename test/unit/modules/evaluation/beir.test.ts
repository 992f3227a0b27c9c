import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openRetrievalSet } from '../../../../src/modules/evaluation/index.js'

const folders: string[] = []

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'set-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const GOOD = {
  'corpus.jsonl': '{"_id":"d1","text":"one\u2028two","title":"T","tags":[1]}\n{"_id":2,"text":"x"}\n',
  'queries.jsonl': '\ufeff{"_id":"q1","text":"ask"}\n',
  'qrels.tsv': 'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\t2\t0\n',
}

describe('a set in BEIR layout', () => {
  it('gives documents, queries and judgements, whatever else stands there', async () => {
    const set = await openRetrievalSet(folderWith(GOOD))
    const documents = []
    for await (const document of set.documents()) documents.push(document)
    expect(documents).toEqual([
      { id: 'd1', title: 'T', text: 'one\u2028two' },
      { id: '2', title: '', text: 'x' },
    ])
    expect(set.size).toBe(2)
    expect(set.queries).toEqual([{ id: 'q1', text: 'ask' }])
    expect(Object.fromEntries(set.judgements.get('q1') ?? [])).toEqual({ d1: 2, 2: 0 })
  })

  it('may keep its judgements in qrels/test.tsv, with or without a header', async () => {
    const { 'qrels.tsv': _, ...rest } = GOOD
    const set = await openRetrievalSet(folderWith({ ...rest, 'qrels/test.tsv': 'q1\td1\t1\n' }))
    expect(set.judgements.get('q1')?.get('d1')).toBe(1)
  })

  it.each([
    ['a missing file', { 'queries.jsonl': undefined }, /no queries\.jsonl/],
    ['a line that is no object', { 'corpus.jsonl': '{"_id":"a","text":"x"}\n[]\n' }, /corpus\.jsonl:2/],
    ['an id that comes twice', { 'corpus.jsonl': '{"_id":"a"}\n{"_id":"a"}\n' }, /"a"/],
    ['a judgement without a grade', { 'qrels.tsv': 'q\td\ts\nq1\td1\n' }, /qrels\.tsv:2/],
  ])('is refused for %s, which is named', async (_, change, message) => {
    const files = Object.entries({ ...GOOD, ...change }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    await expect(openRetrievalSet(folderWith(Object.fromEntries(files)))).rejects.toThrow(message)
  })
})
