import { plainText } from './plain-text.rules.js'
import { type Wording, wholeWords, withoutAccents, wordedAs } from './wording.rules.js'

/** "Khỏi bán thêm", "không cần web", "đã có kế toán", "xịt thuốc thì có người làm rồi", "chứ không phải máy in". */
const VIETNAMESE =
  'khỏi|đừng|miễn|bỏ qua|(?:không|ko|hông|hổng|chưa) (?:cần|muốn|kiếm|tìm|hỏi|nhờ|thuê|mua|bàn|phải|đụng|ham|dính)|đâu (?:có )?(?:cần|phải)|chứ (?:không|hông|đâu)|rồi|r|có sẵn|sẵn|đã có|đang (?:có|xài|dùng)|vẫn (?:xài|dùng|chạy)|tự (?:làm|lo|chạy|viết|in|bán)'
const ENGLISH =
  "already|ourselves|myself|leave (?:that|it)|in[- ]house|(?:do|does|did)(?: not|n['’]?t) (?:need|want|sell|ask|bother)|not (?:looking|asking|after|for|about|the|an?)|no (?:need|more)|never mind|rather than|instead of|we (?:have|use|do|keep|run) (?:our|a|an|the|it)|somebody (?:does|else)|is fine|are fine|works? fine|nor|neither|isn['’]?t"

const SETS_ASIDE: Readonly<Record<Wording, RegExp>> = {
  accented: new RegExp(wholeWords(`${VIETNAMESE}|${ENGLISH}`), 'u'),
  plain: new RegExp(wholeWords(`${withoutAccents(VIETNAMESE)}|${ENGLISH}`), 'u'),
  english: new RegExp(wholeWords(ENGLISH), 'u'),
}

const CLAUSE = /[^.,;:!?\n]+/gu

/**
 * A need's words without the clauses that set something aside or tell of what is there already: what is left is what it may ask for. It
 * would rather leave out too much, and so says nothing of services (those are read span by span). As long as before.
 */
export function withoutSetAside(text: string): string {
  const { words, wording } = wordedAs(text, plainText(text))
  return text.replace(CLAUSE, (clause, at: number) =>
    SETS_ASIDE[wording].test(words.slice(at, at + clause.length)) ? ' '.repeat(clause.length) : clause,
  )
}
