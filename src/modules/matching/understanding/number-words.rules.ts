/** Number words as said before "triệu" or "tỷ", folded. Two readings of one spelling (`tám`, `tầm`) do not meet there. */
const DIGITS: Readonly<Record<string, number>> = {
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  nam: 5,
  lam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
}

/** A number said in words; two ends when it is vague ("vài chục": 20 to 50). */
export interface SaidNumber {
  from: number
  to: number
}

/** "Vài" and "mấy" are taken for two to five. */
const VAGUE: SaidNumber = { from: 2, to: 5 }

export const NUMBER_WORDS = '(?:mot|hai|ba|bon|nam|lam|sau|bay|tam|chin|muoi|chuc|tram|linh|le|vai|may|nua)'

/**
 * Reads Vietnamese number words up to 999: `bốn chục`, `hai trăm năm mươi`, `mười lăm`, `vài trăm`, `nửa`. Takes folded words; null
 * when they are no number.
 */
export function readNumberWords(words: readonly string[]): SaidNumber | null {
  if (words.length === 1 && words[0] === 'nua') return { from: 0.5, to: 0.5 }
  let total: SaidNumber = { from: 0, to: 0 }
  let pending: SaidNumber | null = null
  for (const word of words) {
    if (word === 'linh' || word === 'le') continue
    const digit = DIGITS[word]
    if (digit !== undefined) {
      if (pending) return null
      pending = { from: digit, to: digit }
    } else if (word === 'vai' || word === 'may') {
      if (pending) return null
      pending = VAGUE
    } else {
      const size = word === 'tram' ? 100 : word === 'chuc' || word === 'muoi' ? 10 : 0
      if (size === 0) return null
      total = plus(total, times(pending ?? { from: 1, to: 1 }, size))
      pending = null
    }
  }
  const sum = pending ? plus(total, pending) : total
  return sum.from > 0 ? sum : null
}

const plus = (a: SaidNumber, b: SaidNumber): SaidNumber => ({ from: a.from + b.from, to: a.to + b.to })
const times = (a: SaidNumber, n: number): SaidNumber => ({ from: a.from * n, to: a.to * n })
