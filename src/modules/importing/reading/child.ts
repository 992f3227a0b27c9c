import { type TableRow, UnreadableFile } from '../importing.types.js'
import { lengthOf, readUpload } from './upload.js'

/** What the process that reads a file tells its parent. It waits for `next` after each. */
export type Told =
  | { type: 'columns'; columns: string[] }
  | { type: 'rows'; rows: TableRow[] }
  | { type: 'end' }
  | { type: 'unreadable'; code: string; params: Readonly<Record<string, string | number>> }

/** Rows that are told at once, and the characters from which on fewer are. */
const BATCH = 500
const BATCH_TEXT = 2_000_000

await tell()
process.disconnect()

async function tell(): Promise<void> {
  let rows: TableRow[] = []
  let text = 0
  try {
    for await (const part of readUpload(process.argv[2] ?? '')) {
      if (Array.isArray(part)) await send({ type: 'columns', columns: part })
      else {
        text += lengthOf(part)
        if (rows.push(part) < BATCH && text < BATCH_TEXT) continue
        await send({ type: 'rows', rows })
        rows = []
        text = 0
      }
    }
    if (rows.length > 0) await send({ type: 'rows', rows })
    await send({ type: 'end' })
  } catch (error) {
    // What the library cannot make sense of is a damaged workbook.
    const known = error instanceof UnreadableFile ? error : new UnreadableFile(String(error), 'damaged')
    await send({ type: 'unreadable', code: known.code, params: known.params })
  }
}

function send(told: Told): Promise<void> {
  return new Promise((resolve) => {
    process.once('message', () => resolve())
    process.send?.(told)
  })
}
