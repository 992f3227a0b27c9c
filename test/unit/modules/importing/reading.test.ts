import { describe, expect, it } from 'vitest'
import type { ReadRow } from '../../../../src/modules/importing/importing.types.js'
import { detectDelimiter, readCsv } from '../../../../src/modules/importing/reading/csv.js'
import { readJsonl } from '../../../../src/modules/importing/reading/jsonl.js'
import { MAX_LINE_BYTES, readLines } from '../../../../src/modules/importing/reading/lines.js'

/** Hands bytes out in pieces that cut lines and characters anywhere. */
async function* pieces(content: string | Buffer, size = 7): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(content)
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

async function all(rows: AsyncIterable<ReadRow>) {
  const read: unknown[] = []
  for await (const r of rows)
    read.push(r.ok ? [r.row.line, ...r.row.values.values()] : [r.problem.line, r.problem.code])
  return read
}

const csv = (content: string | Buffer) => all(readCsv(readLines(pieces(content))))
const jsonl = (content: string | Buffer) => all(readJsonl(readLines(pieces(content))))

describe('reading CSV', () => {
  it('takes a byte order mark, CRLF, quotes, doubled quotes and line ends inside quotes, and counts lines as an editor does', async () => {
    expect(await csv('\ufeffname,description\r\n"A ""B""","x\r\ny"\r\n\r\nC,d\r\n')).toEqual([
      [2, 'A "B"', 'x\ny'],
      [5, 'C', 'd'],
    ])
  })

  it('tells comma, semicolon and tab by the header', async () => {
    expect([
      detectDelimiter('a,b'),
      detectDelimiter('a;"b,c,d"'),
      detectDelimiter('a\tb'),
      detectDelimiter('a'),
    ]).toEqual([',', ';', '\t', ','])
    expect(await csv('a;b\n1,5;2\n')).toEqual([[2, '1,5', '2']])
  })

  it('loses only the line with the stray quote, not the rows after it', async () => {
    expect(await csv('a;b\n1;"open\n2;"z"\n3;ok\n4;"never closed\n5;ok\n')).toEqual([
      [2, 'quote'],
      [3, '2', 'z'],
      [4, '3', 'ok'],
      [5, 'quote'],
      [6, '5', 'ok'],
    ])
  })

  it('reports a quote that is never closed at its line and takes the rows after it, however many and short', async () => {
    const content = `a,b\n1,"open\n${'2,3\n'.repeat(200_000)}`
    const faults: unknown[] = []
    let taken = 0
    for await (const read of readCsv(readLines(pieces(content, 64_000)))) {
      if (read.ok) taken++
      else faults.push(read.problem)
    }
    expect(faults).toEqual([{ line: 2, field: null, code: 'quote' }])
    expect(taken).toBe(200_000)
  })

  it('gives lines that two open quotes read ahead back in their order', async () => {
    expect(await csv('a,b\n1,"x\n2,"y\n\n3,ok\n4,"two\nlines"\n5,ok\n')).toEqual([
      [2, 'quote'],
      [3, 'quote'],
      [5, '3', 'ok'],
      [6, '4', 'two\nlines'],
      [8, '5', 'ok'],
    ])
  })

  it('takes a quote within a value as written', async () => {
    expect(await csv('a,b\n1,3" pipe\n')).toEqual([[2, '1', '3" pipe']])
  })

  it('reports a row with too many or too few values', async () => {
    expect(await csv('a,b\n1,2,3\n1\n1,2\n')).toEqual([
      [2, 'columns'],
      [3, 'columns'],
      [4, '1', '2'],
    ])
  })

  it('reports bytes that are not UTF-8 and NUL bytes at their line', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xff]), Buffer.from('\n2,\0\n3,tiếng\n')])
    expect(await csv(bytes)).toEqual([
      [2, 'encoding'],
      [3, 'nul'],
      [4, '3', 'tiếng'],
    ])
  })

  it('passes over a line longer than a megabyte without keeping it', async () => {
    const content = `a,b\n1,${'x'.repeat(MAX_LINE_BYTES)}\n2,y\n`
    expect(await all(readCsv(readLines(pieces(content, 64_000))))).toEqual([
      [2, 'lineTooLong'],
      [3, '2', 'y'],
    ])
  })

  it.each([
    ['UTF-16 with its mark', Buffer.from('\ufeffname,b\n', 'utf16le')],
    ['UTF-16 without it', Buffer.from('name,b\n1,2\n', 'utf16le')],
  ])('refuses %s and says what to save it as', async (_, bytes) => {
    await expect(all(readCsv(readLines(pieces(bytes, 100))))).rejects.toThrow('UTF-8')
  })

  it('refuses an empty file and a header that names a column twice', async () => {
    await expect(csv('')).rejects.toThrow('empty')
    await expect(csv('a,b,a\n')).rejects.toThrow('"a"')
  })
})

describe('reading JSONL', () => {
  it('takes one object a line and reports what is none', async () => {
    expect(await jsonl('{"a":"x","__proto__":"y"}\n\n[1]\nnull\n{"a":\n{"a":2}')).toEqual([
      [1, 'x', 'y'],
      [3, 'json'],
      [4, 'json'],
      [5, 'json'],
      [6, 2],
    ])
  })
})
