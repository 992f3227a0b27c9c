import type { Span } from '../../../platform/search/index.js'

/** A number with what is written around it, before it is known to be money. */
export interface Piece extends Span {
  from: number
  to: number
  /** Size of its unit; null when none is written. */
  unit: number | null
  currency: 'VND' | 'USD' | null
  /** Written in full with separators: `40.000.000`. */
  grouped: boolean
  /** Slang and thousands. */
  casual: boolean
}

const UNITS: Readonly<Record<string, number>> = {
  ty: 1e9,
  ti: 1e9,
  billion: 1e9,
  bn: 1e9,
  trieu: 1e6,
  tr: 1e6,
  cu: 1e6,
  million: 1e6,
  m: 1e6,
  nghin: 1e3,
  ngan: 1e3,
  thousand: 1e3,
  k: 1e3,
}
/** Units that are other words too: slang, or short for metres. */
const CASUAL = /^(?:cu|nghin|ngan|thousand|k)$/

const NUMBER = '\\d{1,3}(?:[.,]\\d{3})+(?!\\d)|\\d+(?:[.,]\\d+)?'
// "ti vi" is a television, "tỷ lệ" a share; "k" and "m" are glued to their number.
const UNIT = '\\s?(?:ty(?! le)|ti(?! (?:vi|le))|trieu|tr|cu|nghin|ngan|billions?|bn|millions?|thousand)|k|m'
const CURRENCY = '(?:vnd|dong|d|us\\$|usd|dollars?|do la|do(?! lai)|\\$)'

const WRITTEN = new RegExp(
  `(?<![\\w.,$+])(?<pre>us\\$|usd|\\$|vnd)?\\s?(?<num>${NUMBER})` +
    `(?:(?<unit>${UNIT})(?<tail>\\d{1,3}|\\s\\d(?=\\s*(?:[,.;!?)]|$)))?(?![a-z])(?<half> ruoi)?)?` +
    `(?:\\s?(?<cur>${CURRENCY})(?![a-z]))?(?![a-z0-9])`,
  'g',
)

/** Numbers written in digits, with unit, currency and the short tail of `1tr5`. Takes folded text. */
export function readWritten(plain: string): Piece[] {
  return [...plain.matchAll(WRITTEN)].flatMap((match) => {
    const { pre, num = '', tail = '', half, cur } = match.groups ?? {}
    const unit = match.groups?.unit?.trim().replace(/s$/, '')
    const size = unit === undefined ? null : (UNITS[unit] ?? null)
    const currency = currencyOf(pre, cur, unit !== undefined && CASUAL.test(unit))
    // Forty metres, unless it says of which money.
    if (unit === 'm' && currency === null) return []
    const grouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(num)
    const number = numberOf(num, size)
    const value = number * (size ?? 1) + tailOf(tail, size) + (half ? (size ?? 0) / 2 : 0)
    const lead = match[0].length - match[0].trimStart().length
    const span = { start: match.index + lead, end: match.index + match[0].trimEnd().length }
    return [
      {
        ...span,
        from: value,
        to: value,
        unit: size,
        currency,
        grouped,
        casual: unit !== undefined && CASUAL.test(unit),
      },
    ]
  })
}

/** `1.250` is 1,250 by itself but 1.25 before "tỷ": separators group thousands unless a large unit follows a single group. */
function numberOf(num: string, size: number | null): number {
  const decimals = size !== null && size >= 1e6 ? /^\d+[.,]\d+$/.test(num) : !/^\d{1,3}(?:[.,]\d{3})+$/.test(num)
  return Number(decimals ? num.replace(',', '.') : num.replace(/[.,]/g, ''))
}

/** The digits after a unit are its next places: `1tr5` is 1.5 million, `2tr350` 2.35 million. */
function tailOf(tail: string, size: number | null): number {
  const digits = tail.trim()
  return digits && size !== null ? (Number(digits) * size) / 10 ** digits.length : 0
}

function currencyOf(pre: string | undefined, cur: string | undefined, thousands: boolean): Piece['currency'] {
  for (const sign of [pre, cur]) {
    if (sign === undefined) continue
    if (/^(?:vnd|dong|d)$/.test(sign)) return 'VND'
    // "độ" folds to the same as "đô": only "ba ngàn đô" is sure to be money.
    if (sign !== 'do' || thousands) return 'USD'
  }
  return null
}
