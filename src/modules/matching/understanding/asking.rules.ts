import type { Span } from '../../../platform/search/index.js'
import { plainText } from './plain-text.rules.js'
import { clauseBefore, isInUse } from './tools.rules.js'

/** Words that ask for what follows. Without accents "nhờ" is also small, "mua" the rain: where accents are typed they must agree. */
const VIETNAMESE = 'cần|muốn|kiếm|tìm|mua|thuê|mướn|đặt|làm|xây dựng|thiết kế|viết|nhờ|tư vấn|báo giá|gia hạn'
const ENGLISH =
  'need|want|looking for|look for|seek|seeking|buy|hire|order|quote for|would like|set up|install|make|build|design|develop'
const FAR = '\\s+(?:\\S+\\s+){0,5}$'
const ACCENTED = new RegExp(`(?<!\\p{L})(?:${VIETNAMESE}|${ENGLISH})${FAR}`, 'u')
const PLAIN = new RegExp(`\\b(?:${plainText(VIETNAMESE)}|${ENGLISH})${FAR}`)
/** Before such a word it asks for nothing: "không cần", "đã làm", "not looking for". */
const NOT_ASKING = /\b(?:khong|ko|k|hong|chua|khoi|dung|da|vua|not|dont|don't|don’t|never|already)\s+(?:\S+\s+)?$/
/** What a text begins with it is about. */
const BEGINNING = /^\s*(?:\S+\s+){0,2}$/

/** Whether the words before `span` in its clause ask for it, or the text begins with it; not for what is there already. */
export function isAskedFor(text: string, span: Span): boolean {
  const plain = plainText(text)
  if (isInUse(plain, span)) return false
  const before = clauseBefore(hasAccents(text, plain) ? text.toLowerCase() : plain, span)
  const asking = (hasAccents(text, plain) ? ACCENTED : PLAIN).exec(before)
  if (asking) return !NOT_ASKING.test(plainText(before.slice(0, asking.index)))
  return BEGINNING.test(plain.slice(0, span.start))
}

const hasAccents = (text: string, plain: string) => text.toLowerCase() !== plain

/** A wish in a clause of its own: "có website rồi, giờ cần thợ sửa ống nước". */
const ANOTHER_WISH =
  /(?:[.,;]\s*|\b(?:nhung|but)\s+)(?:gio|bay gio|hien|now|nhung|but|chi|only|just|we|i|toi|tui|em|minh|con)?\s*(?:(?:we|i|toi|tui|em|minh) )?(?:can|muon|kiem|tim|mua|thue|nho|need|want|look|seek|buy|hire)\b/

/** Whether a folded text asks for something behind `span`. */
export const asksBehind = (plain: string, span: Span): boolean => ANOTHER_WISH.test(plain.slice(span.end))
