import type { Span } from '../../../platform/search/index.js'
import { type Amount, findAmounts } from './amounts.rules.js'
import { surroundings } from './plain-text.rules.js'

/** What the asker can spend. */
export interface Budget {
  /** Whole đồng; either end may be open. "Tầm 40 triệu" has both ends equal. */
  min?: number
  max?: number
  /** Said by the month or the year; otherwise it is the whole sum. */
  per?: 'month' | 'year'
  /** Named in dollars and converted at an estimated rate. */
  currency: 'VND' | 'USD'
  /** Where the text says it; missing when it was given as a field. */
  span?: Span
}

const REACH = 42

/** Words that make an amount a budget. */
const CUES =
  /\b(?:ngan sach|kinh phi|chi phi|dau tu|tai chinh|du toan|gia goi thau|goi thau|bo ra|chi ra|chi duoc|chi (?=tam|khoang)|tra duoc|chiu duoc|lo duoc|kham noi|(?:co|gom) (?:san|duoc|khoang|tam|chung|trong tay)|muc tien|tien nong|tong tien|muc gia|gia (?=khoang|tam|duoi|toi da|chung)|budgets?|spend(?:ing)?|afford|invest|pay(?= up| around| about| no more| ?$)|funds?|funding|set aside|cap(?:ped)? at|price range)\b/
const BOUNDS =
  /(?:duoi|toi da|khong qua|ko qua|k qua|khong vuot(?: qua)?|trong khoang|cao nhat|nhieu nhat|under|below|up to|at most|max(?:imum)?|less than|no more than|not more than|within)\s*(?:la|la khoang|:|of)?\s*$/
const FLOORS = /(?:tren|tu|it nhat|toi thieu|at least|over|more than|from|min(?:imum)?)\s*(?:la|:|of)?\s*$/
const ABOUT =
  /(?:tam|khoang|chung|co|co khoang|gan|ngot nghet|xap xi|around|about|roughly|approximately|~)\s*(?:la|tam|khoang)?\s*$/
const FLOOR_AFTER = /^\s*(?:tro len|or more|and up|\+)/
const CEILING_AFTER = /^\s*(?:tro xuong|tro lai|do lai|quay dau|or less|max|la cung|la toi da|thoi)/

/** Money that flows in the trade rather than into the work. Close before the amount. */
const OTHER_MONEY =
  /\b(?:doanh thu|doanh so|luong|loi nhuan|lai|lo|von|no|mat|that thoat|phat|thu nhap|ban(?: duoc)?|thu ve|tri gia|gia tri|vay|tien (?:dien|dau|nuoc|phong|thue)|mua(?: vao)?|thiet hai|tiet kiem|revenue|turnover|salar(?:y|ies)|los[et]s?|lost|fined?|debts?|worth|sales|profits?|earn|owes?|saved?|sell(?:s|ing)?|hon)\b[^,]{0,22}$/
/** Prices of goods: "18.000 đồng một ký", "per night". */
const PER_PIECE =
  /^\s*(?:dong|vnd|d)?\s*(?:\/|mot|moi|a|an|per|cho moi)\s*(?:kg|ky|ki|tan|con|trai|bao|lit|ngay|dem|m2|nguoi|khach|ve|don|to|chai|hop|luot|cong|gio|person|night|day|ticket|head|box|user|order|piece)\b/
const PER_MONTH = /^\s*(?:dong|vnd|d)?\s*(?:(?:\/|mot|moi|1|a|per)\s*(?:thang|month|mo)|monthly|hang thang)\b/
const PER_YEAR = /^\s*(?:dong|vnd|d)?\s*(?:(?:\/|mot|moi|1|a|per)\s*(?:nam|year|yr)|yearly|annually|hang nam)\b/

/** Words of a clause beside the amount itself below which it can hardly mean anything else ("40tr thôi"). */
const SHORT_CLAUSE = 4

/**
 * The budget a text names, null when none. Among several amounts the one that its surroundings call a budget most clearly wins, the
 * earlier in a tie; turnover, wages, debts, fines and prices of goods are left alone.
 */
export function findBudget(text: string, plain: string): Budget | null {
  let best: { budget: Budget; score: number } | null = null
  for (const amount of findAmounts(text, plain)) {
    const score = likelihood(plain, amount)
    if (score > (best?.score ?? 0)) best = { budget: toBudget(plain, amount), score }
  }
  return best?.budget ?? null
}

/** How clearly an amount is a budget; 0 and below: it is not. */
function likelihood(plain: string, amount: Amount): number {
  const { before, after } = surroundings(plain, amount, REACH)
  const cued = CUES.test(before) || /^\s*(?:la|thoi|budget|ngan sach|tro lai|do lai|tro xuong)\b/.test(after)
  const bounded = BOUNDS.test(before) || ABOUT.test(before) || CEILING_AFTER.test(after)
  let score = (cued ? 3 : 0) + (bounded ? 1 : 0)
  if (OTHER_MONEY.test(before) && !CUES.test(before.slice(-20))) score -= 3
  if (PER_PIECE.test(after)) score -= 4
  if (amount.scale === 'small') return score - (PER_MONTH.test(after) || standsAlone(before, after) ? 0 : 1)
  return score === 0 && standsAlone(before, after) ? 0.5 : score
}

function standsAlone(before: string, after: string): boolean {
  const clause = `${before.split(/[,:(]/).at(-1) ?? ''} ${after.split(/[,)]/)[0] ?? ''}`
  return clause.split(/\s+/).filter(Boolean).length <= SHORT_CLAUSE
}

function toBudget(plain: string, amount: Amount): Budget {
  const { before, after } = surroundings(plain, amount, REACH)
  const ceiling = BOUNDS.test(before) || CEILING_AFTER.test(after)
  const floor = !ceiling && amount.from === amount.to && (FLOOR_AFTER.test(after) || FLOORS.test(before))
  const per = PER_MONTH.test(after) ? 'month' : PER_YEAR.test(after) ? 'year' : null
  return {
    ...(ceiling && amount.from === amount.to ? {} : { min: amount.from }),
    ...(floor ? {} : { max: amount.to }),
    ...(per ? { per } : {}),
    currency: amount.currency,
    span: { start: amount.start, end: amount.end },
  }
}

const MONTHS_A_YEAR = 12

/** The most that may be spent in the first year, in đồng; null when the budget has no upper end. */
export function firstYearCeiling(budget: Budget): number | null {
  if (budget.max === undefined) return null
  return budget.per === 'month' ? budget.max * MONTHS_A_YEAR : budget.max
}
