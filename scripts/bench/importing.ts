import { furnishBusyPark } from './busy-park.js'
import { ms, p95Of, type Report } from './figures.js'
import { withOwnProduct } from './own-product.js'
import { wait, warmReaders } from './readers.js'
import { signInAsStaff } from './staff.js'
import type { Visitor } from './visitor.js'

interface ImportRun {
  /** Times of pages that others read before the import, and while it lasted, in ms. */
  idle: number[]
  during: number[]
  /** From the click to the last row, in ms: reading the file, looking at its rows, writing them. */
  upload: number
  check: number
  write: number
  added: number
  failedPages: number
}

/** What an import of all rows may take at most. */
const MOST_MS = 120_000
/** What stands in the directory before it. */
const FEW_LISTINGS = 100

const READERS = 2
const PAUSE_MS = 100
const STEP_MS = 300
/** What takes longer has come to nothing. */
const PATIENCE_MS = 15 * 60_000

/** A table of firms such as a park has of them. */
export function tableOf(rows: number): string {
  const head = 'Mã số,Tên công ty,Mô tả,Điện thoại,Năm thành lập,Số nhân viên,Địa chỉ'
  const lines = Array.from({ length: rows }, (_, n) =>
    [
      ...[
        `b${n}`,
        `Công ty Phần mềm Số ${n}`,
        `"Làm phần mềm kế toán, bán hàng và trang web cho cơ sở ở ấp số ${n}, ${WORDS}"`,
      ],
      ...['0912345678', String(1990 + (n % 35)), String(1 + (n % 90)), `"${n} lộ tẻ, Ô Môn"`],
    ].join(','),
  )
  return `${head}\n${lines.join('\n')}\n`
}

const WORDS = 'nhận khảo sát tận nơi, cài đặt trong hai tuần, hướng dẫn bằng tiếng Việt, bảo hành một năm'

/** Imports `rows` rows through the pages of it, as a curator would, while others read. */
async function importRun(url: string, curator: Visitor, rows: number, idleMs = 8_000): Promise<ImportRun> {
  const { readers, idle } = await warmReaders(url, READERS, PAUSE_MS, idleMs)

  const began = performance.now()
  const at = await uploaded(curator, rows)
  const upload = performance.now() - began
  const preview = await checked(curator, at)
  const check = performance.now() - began - upload
  await curator.post(`${at}/acts/commit`, { mode: 'both', seen: /name="seen" value="(\d+)"/.exec(preview)?.[1] ?? '' })
  const done = await until(curator, at, /acts\/undo/)
  const write = performance.now() - began - upload - check
  const during = readers.take()
  const added = Number(/<dd>([\d.,]+)<\/dd>/.exec(done)?.[1]?.replace(/\D/g, '') ?? 0)
  return { idle, during, upload, check, write, added, failedPages: await readers.stop() }
}

/** Sends a table of so many rows; the address of the import, whose columns are still to be named. */
export async function uploaded(curator: Visitor, rows: number): Promise<string> {
  await curator.get('/admin/imports')
  const { location } = await curator.send('/admin/imports', { kind: 'providers' }, tableOf(rows))
  return location.replace(/\/columns$/, '')
}

/** Takes the columns as they were guessed and waits until all rows were looked at; the page that shows them. */
export async function checked(curator: Visitor, at: string): Promise<string> {
  const page = await curator.get(`${at}/columns`)
  const chosen = [...page.text.matchAll(/name="(column-\d+)".*?<\/select>/gs)].map(([text, name = '']) => [
    name,
    /value="([^"]*)" selected/.exec(text)?.[1] ?? '',
  ])
  await curator.post(`${at}/acts/columns`, { ...Object.fromEntries(chosen), key: 'id', blanks: 'keep' })
  return until(curator, at, /acts\/commit/)
}

async function until(visitor: Visitor, path: string, sign: RegExp): Promise<string> {
  for (const began = performance.now(); performance.now() - began < PATIENCE_MS; await wait(STEP_MS)) {
    const { text } = await visitor.get(path)
    if (sign.test(text)) return text
  }
  throw new Error(`${path} has not come to ${sign} within ${PATIENCE_MS} ms`)
}

/** A table of so many rows, and of a tenth, imported into a small directory while others read. */
export async function measureImports(most: number): Promise<Report> {
  const rows = [
    ['rows', 'added', 'read', 'checked', 'written', 'in all', 'pages idle p95', 'during p95', 'pages failed'],
  ]
  let fine = true
  for (const count of [Math.ceil(most / 10), most]) {
    const run = await withOwnProduct(
      (core) => furnishBusyPark(core, FEW_LISTINGS),
      async (url, administrator) => importRun(url, await signInAsStaff(url, administrator), count),
    )
    const all = run.upload + run.check + run.write
    fine &&= run.added === count && run.failedPages === 0 && all <= MOST_MS
    rows.push([
      ...[String(count), String(run.added), ms(run.upload), ms(run.check), ms(run.write), ms(all)],
      ...[p95Of(run.idle), p95Of(run.during), String(run.failedPages)],
    ])
  }
  return { rows, fine }
}
