import { type TableRow, UnreadableFile } from '../importing.types.js'
import { readUpload } from './upload.js'

/** What the process that reads a file tells its parent. It waits for `next` after each. */
export type Told =
  | { type: 'columns'; columns: string[] }
  | { type: 'rows'; rows: TableRow[] }
  | { type: 'end' }
  | { type: 'unreadable'; code: string; params: Readonly<Record<string, string | number>> }

const BATCH = 500

await tell()
process.disconnect()

async function tell(): Promise<void> {
  let rows: TableRow[] = []
  try {
    for await (const part of readUpload(process.argv[2] ?? '')) {
      if (Array.isArray(part)) await send({ type: 'columns', columns: part })
      else if (rows.push(part) >= BATCH) {
        await send({ type: 'rows', rows })
        rows = []
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
