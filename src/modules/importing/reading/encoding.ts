import { UnreadableFile } from '../importing.types.js'

/** How the bytes of a text are to be read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258'

const HEAD_BYTES = 4_096

/**
 * Tells a text's encoding: by its mark, by the NULs that UTF-16 puts between Latin letters, as UTF-8 where its bytes are such, and
 * as Windows-1258 where that gives Vietnamese and nothing else.
 * @throws {UnreadableFile} for other 8-bit encodings, which cannot be told from each other, and for what is no text.
 */
export function encodingOf(bytes: Uint8Array): Encoding {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, HEAD_BYTES)
  const nuls = (odd: number) => head.reduce((count, byte, at) => (byte === 0 && at % 2 === odd ? count + 1 : count), 0)
  const [even, odd] = [nuls(0), nuls(1)]
  // In UTF-16 the NULs stand on one side of the pairs alone.
  if (odd > head.length / 8 && even <= odd / 8) return 'utf-16le'
  if (even > head.length / 8 && odd <= even / 8) return 'utf-16be'
  if (even + odd > head.length / 50) throw new UnreadableFile('this is no text', 'notATable')
  if (isMostlyUtf8(bytes)) return 'utf-8'
  if (isVietnamese(decode(bytes, 'windows-1258'))) return 'windows-1258'
  throw new UnreadableFile('the encoding is neither UTF-8, UTF-16 nor surely Windows-1258', 'encoding')
}

/** The whole text, in NFC where its encoding writes accents apart. */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  const text = new TextDecoder(encoding).decode(bytes)
  return encoding === 'windows-1258' ? text.normalize('NFC') : text
}

const LF = 0x0a
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A single line with wrong bytes costs that line; a file of them is not UTF-8. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  let good = 0
  let bad = 0
  for (let start = 0; start < bytes.length; ) {
    const next = bytes.indexOf(LF, start)
    const end = next < 0 ? bytes.length : next
    const line = bytes.subarray(start, end)
    if (line.some((byte) => byte > 0x7f)) {
      if (isUtf8(line)) good++
      else bad++
    }
    start = end + 1
  }
  return bad === 0 || good > bad
}

function isUtf8(line: Uint8Array): boolean {
  try {
    utf8.decode(line)
    return true
  } catch {
    return false
  }
}

const LETTERS = /[^\p{ASCII}\s]/gu
const OF_VIETNAMESE = /^[ĂăÂâĐđÊêÔôƠơƯưÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĨĩŨũ\u1ea0-\u1ef9“”‘’–—…₫«»·°²³×€©®%]$/u
/** Letters whose tone Windows-1258 alone writes as a byte of its own. */
const TONED = /[\u1ea0-\u1ef9ĨĩŨũ]/gu

/** Every letter beyond ASCII is Vietnamese, no accent is left over, and several are such as no western encoding gives. */
function isVietnamese(text: string): boolean {
  const letters = text.match(LETTERS) ?? []
  return letters.every((letter) => OF_VIETNAMESE.test(letter)) && (text.match(TONED)?.length ?? 0) >= 3
}
