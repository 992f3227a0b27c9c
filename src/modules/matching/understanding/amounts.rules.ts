import type { Span } from '../../../platform/search/index.js'
import { type Piece, readWritten } from './amounts-written.rules.js'
import { rateOf } from './exchange-rates.js'
import { NUMBER_WORDS, readNumberWords } from './number-words.rules.js'

/** An amount of money found in a text. */
export interface Amount extends Span {
  /** Whole đồng. `to` differs from `from` for ranges and vague numbers only. */
  from: number
  to: number
  /** `small` (thousands, slang, bare đồng) needs more context to count as a budget. */
  scale: 'large' | 'small'
  currency: 'VND' | 'USD'
}

const SAID = new RegExp(
  `(?<![a-z0-9])(?<words>${NUMBER_WORDS}(?: ${NUMBER_WORDS})*) (?<unit>ty(?! le)|trieu|(?:nghin|ngan)(?= (?:do|usd)))(?<half> ruoi)?(?<cur> (?:do(?: la)?|usd)(?! lai))?(?![a-z0-9])`,
  'g',
)
const SAID_UNITS: Readonly<Record<string, number>> = { ty: 1e9, trieu: 1e6, nghin: 1e3, ngan: 1e3 }
/** Words that fold to a number word but are none: about, from, machine, after. */
const NOT_NUMBERS = /^(?:tầm|từ|máy|sau|năm qua)$/u
const RANGE_GAP = /^\s*(?:-|–|—|~|den|toi|to)\s*$/
const PAIR_GAP = /^\s*(?:va|and|hoac|or)\s*$/
const PAIR_START = /(?:giua|between|tu|from)\s*$/
const MOST = 1e13

/**
 * Every amount of money in a text, ranges joined, in order. `plain` is the text folded unit by unit. Bare numbers, years and
 * phone numbers are none.
 */
export function findAmounts(text: string, plain: string): Amount[] {
  const pieces = [...readWritten(plain), ...readSaid(text, plain)].sort((a, b) => a.start - b.start)
  const amounts: Amount[] = []
  for (let i = 0; i < pieces.length; i++) {
    const first = pieces[i]
    const second = pieces[i + 1]
    if (!first) continue
    const range = second ? joinRange(plain, first, second) : null
    if (range) i++
    const amount = toAmount(range ?? first)
    if (amount) amounts.push(amount)
  }
  return amounts
}

function readSaid(text: string, plain: string): Piece[] {
  return [...plain.matchAll(SAID)].flatMap((match) => {
    const words = (match.groups?.words ?? '').split(' ')
    const size = SAID_UNITS[match.groups?.unit ?? ''] ?? 1
    const original = text.slice(match.index).toLowerCase().split(' ')
    let skipped = 0
    while (
      skipped < words.length &&
      (NOT_NUMBERS.test(original[skipped] ?? '') || !readNumberWords(words.slice(skipped)))
    )
      skipped++
    const number = readNumberWords(words.slice(skipped))
    if (!number) return []
    const start = match.index + words.slice(0, skipped).join(' ').length + (skipped > 0 ? 1 : 0)
    const extra = match.groups?.half ? size / 2 : 0
    const ends = { from: number.from * size + extra, to: number.to * size + extra }
    return [
      {
        ...ends,
        start,
        end: match.index + match[0].length,
        unit: size,
        currency: match.groups?.cur ? 'USD' : null,
        grouped: false,
        casual: false,
      },
    ]
  })
}

/** `50-70 triệu`, `từ 2 triệu đến 3 triệu`, `$3k to $5k`: two pieces as one; a unit said once holds for both. */
function joinRange(plain: string, first: Piece, second: Piece): Piece | null {
  const gap = plain.slice(first.end, second.start)
  const pair = PAIR_GAP.test(gap) && PAIR_START.test(plain.slice(0, first.start))
  if (!RANGE_GAP.test(gap) && !pair) return null
  if (second.unit === null && second.currency === null && !second.grouped) return null
  const from = first.unit === null && second.unit !== null && !first.grouped ? first.from * second.unit : first.from
  if (from > second.to) return null
  return { ...second, start: first.start, from, currency: second.currency ?? first.currency }
}

function toAmount({ start, end, from, to, unit, currency, grouped, casual }: Piece): Amount | null {
  if (currency === 'USD') {
    const rate = rateOf('USD')?.dong
    return rate
      ? { start, end, from: Math.round(from * rate), to: Math.round(to * rate), scale: 'large', currency }
      : null
  }
  const full = grouped && from >= 1e6
  if (unit === null && currency === null && !full) return null
  if (from <= 0 || to > MOST) return null
  const scale = full || (unit !== null && unit >= 1e6 && !casual) ? 'large' : 'small'
  return { start, end, from: Math.round(from), to: Math.round(to), scale, currency: 'VND' }
}
