import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import exceljs from 'exceljs'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { TableRow } from '../../../../src/modules/importing/importing.types.js'
import { neutral, restored } from '../../../../src/modules/importing/neutral.rules.js'
import { readApart } from '../../../../src/modules/importing/reading/read-apart.js'
import { readUpload } from '../../../../src/modules/importing/reading/upload.js'

const folder = mkdtempSync(join(tmpdir(), 'uploads-'))
afterAll(() => rmSync(folder, { recursive: true }))
let made = 0

function file(content: string | Uint8Array): string {
  const path = join(folder, `${++made}`)
  writeFileSync(path, content)
  return path
}

async function workbook(fill: (sheet: exceljs.Worksheet, book: exceljs.Workbook) => void): Promise<string> {
  const book = new exceljs.Workbook()
  fill(book.addWorksheet('Danh sách'), book)
  const path = join(folder, `${++made}`)
  await book.xlsx.writeFile(path)
  return path
}

async function tableIn(path: string, reader = readUpload) {
  const parts: unknown[] = []
  for await (const part of reader(path)) parts.push(part)
  const [columns, ...rows] = parts
  return { columns, rows: rows as TableRow[] }
}

const refusal = (path: string, reader = readUpload) =>
  tableIn(path, reader).then(
    () => 'read',
    (error: { code?: string }) => error.code,
  )

const TABLE = 'Tên;Địa chỉ\nSao Mai;Ấp Mỹ Phước, lộ tẻ\nRẫy Xanh;ngõ nhỏ ở Ô Môn\n'
const ROWS = [
  ['Sao Mai', 'Ấp Mỹ Phước, lộ tẻ'],
  ['Rẫy Xanh', 'ngõ nhỏ ở Ô Môn'],
]

/** Windows-1258 writes a letter's own mark with it and its tone behind it. */
function windows1258(text: string): Buffer {
  const tones: Record<string, number> = {
    '\u0300': 0xcc,
    '\u0309': 0xd2,
    '\u0303': 0xde,
    '\u0301': 0xec,
    '\u0323': 0xf2,
  }
  const own: Record<string, number> = { Ă: 0xc3, ă: 0xe3, Đ: 0xd0, đ: 0xf0, Ơ: 0xd5, ơ: 0xf5, Ư: 0xdd, ư: 0xfd }
  const letters = text
    .normalize('NFD')
    .replace(/([a-z])([\u0300\u0301\u0303\u0309\u0323]?)([\u0302\u0306\u031b])/gi, '$1$3$2')
  const bytes = [...letters.replace(/[a-z][\u0302\u0306\u031b]/gi, (pair) => pair.normalize('NFC'))].map(
    (letter) => tones[letter] ?? own[letter] ?? letter.charCodeAt(0),
  )
  return Buffer.from(bytes)
}

describe('encodings of uploaded tables', () => {
  it.each([
    ['UTF-8', Buffer.from(TABLE)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TABLE}`)],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${TABLE}`, 'utf16le')],
    ['UTF-16 LE without one', Buffer.from(TABLE, 'utf16le')],
    ['UTF-16 BE', Buffer.from(`\ufeff${TABLE}`, 'utf16le').swap16()],
    ['Windows-1258', windows1258(TABLE)],
  ])('%s is read', async (_, bytes) => {
    const { columns, rows } = await tableIn(file(bytes))
    expect(columns).toEqual(['Tên', 'Địa chỉ'])
    expect(rows.map(({ cells }) => cells)).toEqual(ROWS)
  })

  it.each([
    [
      'TCVN3, whose letters are other signs',
      Buffer.from('T\xaan;\xa7\xdea ch\xd8\nR\xc9y;c\xa7 \xb8\xb5\n', 'latin1'),
      'encoding',
    ],
    ['a western encoding without a Vietnamese tone', Buffer.from('Caf\xe9;na\xefve\n', 'latin1'), 'encoding'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 1, 0, 0, 2, 0, 0, 0, 0, 0, 7]), 'notATable'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'oldExcel'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a header alone', Buffer.from('a;b\n'), 'noRows'],
    ['a column twice', Buffer.from('a;a\n1;2\n'), 'twice'],
  ])('%s is answered by its reason', async (_, bytes, code) => {
    expect(await refusal(file(bytes))).toBe(code)
  })

  it('one line that is no UTF-8 costs that line', async () => {
    const { rows } = await tableIn(file(Buffer.concat([Buffer.from(TABLE), Buffer.from('x\xff;y\n', 'latin1')])))
    expect(rows.map(({ problem }) => problem?.code)).toEqual([undefined, undefined, 'encoding'])
  })
})

describe('workbooks', () => {
  it('give text as it is seen: leading zeros, days, yes and no, and nothing computed', async () => {
    const path = await workbook((sheet, book) => {
      book.addWorksheet('ẩn', { state: 'hidden' })
      sheet.addRow(['Tên', 'MST', 'Ngày', 'Có', 'Liên kết'])
      sheet.addRow([])
      sheet.addRow([{ richText: [{ text: 'Sao ' }, { text: 'Mai' }] }, 101243150, new Date(Date.UTC(2026, 2, 1)), true])
      sheet.getCell('B3').numFmt = '0000000000'
      sheet.getCell('E3').value = { text: 'sao mai', hyperlink: 'https://a.example' }
      sheet.addRow([{ formula: 'HYPERLINK("https://a.example")', result: 'Tin tôi đi' }, '0101243150', "'=1+1", null])
      sheet.addRow(['a', { error: '#N/A' }])
    })
    const { columns, rows } = await tableIn(path, readApart)
    expect(columns).toEqual(['Tên', 'MST', 'Ngày', 'Có', 'Liên kết'])
    expect(rows).toEqual([
      { line: 3, cells: ['Sao Mai', '0101243150', '2026-03-01', 'true', 'sao mai'] },
      { line: 4, cells: ['', '0101243150', '=1+1', '', ''], faults: [{ column: 0, code: 'formula' }] },
      { line: 5, cells: ['a', '#N/A', '', '', ''], faults: [{ column: 1, code: 'cellError' }] },
    ])
  })

  it('that unpack to gigabytes, or to more than they say, are refused before they are opened', async () => {
    const zeros = deflateRawSync(Buffer.alloc(30 * 2 ** 20))
    expect(await refusal(file(zip([{ name: 'xl/worksheets/sheet1.xml', packed: zeros, size: 30 * 2 ** 20 }])))).toBe(
      'bomb',
    )
    expect(await refusal(file(zip([{ name: 'xl/worksheets/sheet1.xml', packed: zeros, size: 1_000 }])))).toBe('bomb')
    const claimed = Array.from({ length: 9 }, (_, i) => ({ name: `${i}`, packed: deflateRawSync('a'), size: 2 ** 26 }))
    expect(await refusal(file(zip(claimed)))).toBe('bomb')
    const many = Array.from({ length: 1_200 }, (_, i) => ({ name: `${i}`, packed: deflateRawSync('a'), size: 1 }))
    expect(await refusal(file(zip(many)))).toBe('bomb')
  })

  it('that are cut off, hide an entry or are no workbook at all are called damaged', async () => {
    const good = { name: 'a.xml', packed: deflateRawSync('hello'), size: 5 }
    expect(await refusal(file(zip([good])))).toBe('damaged')
    expect(await refusal(file(zip([good]).subarray(0, 40)))).toBe('damaged')
    expect(
      await refusal(
        file(
          zip([
            { ...good, hidden: Buffer.alloc(500) },
            { ...good, name: 'b' },
          ]),
        ),
      ),
    ).toBe('damaged')
  })
})

interface ZipEntry {
  name: string
  packed: Buffer
  size: number
  /** Bytes behind it that the directory does not know of. */
  hidden?: Buffer
}

/** An archive as its parts say, true or not. */
function zip(entries: ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, packed, size, hidden = Buffer.alloc(0) } of entries) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    directory.push(entry, Buffer.from(name))
    parts.push(local, Buffer.from(name), packed, hidden)
    offset += 30 + name.length + packed.length + hidden.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...directory, end])
}

describe('cells that a spreadsheet would run', () => {
  it.each(['=1+1', '+84 912 345 678', '-5', '@SUM(A1)', '\tx', '\r=x', "'=x", '＝1'])('%j is made harmless', (text) => {
    expect(neutral(text)).toBe(`'${text}`)
  })

  it('come back as they were, whatever they are', () => {
    const hostile = fc.string().map((text) => text)
    const formula = fc.tuple(fc.constantFrom('', "'", "''", '=', "'=", "''+", '@', '\t', '-'), fc.string())
    fc.assert(fc.property(hostile, (text) => restored(neutral(text)) === text))
    fc.assert(fc.property(formula, ([start, rest]) => restored(neutral(start + rest)) === start + rest))
    fc.assert(fc.property(formula, ([start, rest]) => !/^[=+\-@\t\r\n＝＋－＠]/.test(neutral(start + rest))))
  })
})

describe('tables made to keep the product busy', () => {
  const soon = { timeout: 5_000 }
  const manyLines = `""${'""'.repeat(99)}\n`.repeat(999)

  it('cost no more than their size: values that never close, and columns without end', soon, async () => {
    const open = file(`a,b\n${`"a\n${manyLines}`.repeat(5)}`)
    expect((await tableIn(open)).rows[0]?.problem?.code).toBe('quote')
    const names = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')
    expect(await refusal(file(`${names}\n1\n`))).toBe('tooManyColumns')
    const wide = await tableIn(file(`a,b\n${',x'.repeat(100_000)}\n`))
    expect(wide.rows).toMatchObject([{ cells: ['', 'x'], problem: { code: 'columns' } }])
  })

  it('leave room for whatever else waits', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await tableIn(file(`a\n${'b\n'.repeat(20_000)}`))
    clearInterval(timer)
    expect(turns).toBeGreaterThan(2)
  })

  it('and workbooks that say one long text in every cell are refused', async () => {
    const long = 'x'.repeat(30_000)
    const path = await workbook((sheet) => {
      sheet.addRow(Array.from({ length: 100 }, (_, i) => `c${i}`))
      sheet.addRow(Array.from({ length: 100 }, () => long))
    })
    expect(await refusal(path)).toBe('bomb')
  })
})
