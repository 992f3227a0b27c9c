import { UnreadableFile } from '../importing.types.js'

/** A physical line without its ending, or why it cannot be read. Numbers start at 1. */
export interface Line {
  number: number
  text: string
  fault: 'encoding' | 'nul' | 'lineTooLong' | null
}

/** Longer than any row of the product's records can be; what exceeds it is a file without line ends. */
export const MAX_LINE_BYTES = 1_000_000

const LF = 0x0a
const CR = 0x0d

/**
 * Splits bytes into lines of strict UTF-8, in memory bounded by `MAX_LINE_BYTES`. A line that is too long, or holds NUL
 * or bytes that are no UTF-8, is marked and the following ones are read.
 * @throws {UnreadableFile} for UTF-16.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Line> {
  let number = 1
  let held: Uint8Array[] = []
  let size = 0
  let first = true
  const hold = (part: Uint8Array) => {
    size += part.length
    if (size <= MAX_LINE_BYTES) held.push(part)
    else held = []
  }
  const finish = (): Line => {
    const line = size > MAX_LINE_BYTES ? { number, text: '', fault: 'lineTooLong' as const } : decode(number, held)
    number++
    held = []
    size = 0
    return line
  }

  for await (const chunk of chunks) {
    if (first) refuseUtf16(chunk)
    first = false
    let start = 0
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      hold(chunk.subarray(start, end))
      start = end + 1
      yield finish()
    }
    if (start < chunk.length) hold(chunk.subarray(start))
  }
  if (size > 0) yield finish()
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(number: number, parts: readonly Uint8Array[]): Line {
  const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
  const end = bytes.at(-1) === CR ? bytes.length - 1 : bytes.length
  if (bytes.includes(0)) return { number, text: '', fault: 'nul' }
  try {
    const text = utf8.decode(bytes.subarray(0, end))
    return { number, text: number === 1 ? text.replace(/^\ufeff/, '') : text, fault: null }
  } catch {
    return { number, text: '', fault: 'encoding' }
  }
}

/** UTF-16 is told by its mark or, in a text of Latin letters, by a NUL in most pairs of bytes. */
function refuseUtf16(start: Uint8Array): void {
  const [a, b] = start
  const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  const head = start.subarray(0, 1000)
  const nuls = head.reduce((count, byte) => (byte === 0 ? count + 1 : count), 0)
  if (marked || nuls > head.length / 4) {
    throw new UnreadableFile('the file is UTF-16 or no text; save it as UTF-8 (in a spreadsheet: "CSV UTF-8")')
  }
}
