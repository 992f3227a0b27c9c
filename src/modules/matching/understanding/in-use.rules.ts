import type { Span } from '../../../platform/search/index.js'
import { clauseAfter, clauseBefore } from './clause.rules.js'
import { isFaulty } from './faults.rules.js'
import { isHalfOfWord, isNameDung } from './names-like-words.rules.js'
import { type Worded, type Wording, wholeWords, withoutAccents } from './wording.rules.js'

/** Whether a thing is there already, and whether anything is said to be wrong with it. */
export type Use = 'none' | 'faulty' | 'fine'

interface Way {
  /** Words before a thing that say that it is there; what stands between in the group `gap`. */
  inUse: RegExp
  /** Words before those that make them a wish and no possession. */
  wish: RegExp
  /** Words that ask and so cannot stand between. */
  asks: RegExp
  /** Words behind a thing that say that it is there. */
  there: RegExp
  /** Words around it: "có website nhưng ...", "we do e-commerce and marketing ourselves". */
  around: readonly { before: RegExp; after: RegExp }[]
}

const GAP = '(?<gap>\\s+(?:\\S+\\s+){0,2})$'
const UP_TO_A_WORD = '\\s+(?:\\S+\\s+)?$'

/** Not "đang có nhu cầu". */
const IN_USE =
  '(?:ghi|làm|tính|cộng|lưu|quản lý|theo dõi)(?: \\S+){0,2} (?:bằng|trên|vô|trong)|xài|dùng|sử dụng|đã (?:có|mua|làm|gắn|lắp|đặt)|có sẵn|đang có(?! nhu cầu)|tự (?:làm|lo|chạy|quản lý)'
const ENGLISH_IN_USE =
  '(?:already|currently) (?:have|has|use|uses|using|run|on)|we (?:use|run on|keep)|kept in|(?:we|i) (?:do|handle|run|manage) our own'

/** "Có rồi", "thì xài lâu rồi", "đang xài", "tụi tui tự làm"; not "hư rồi", "hết hạn rồi". */
const LINKS = '(?:(?:thì|cũng|là|đã|đang|vẫn|còn) )*'
const HAVE = 'có|xài|dùng|làm|mua|gắn|lắp|đặt|thuê|mở|chạy'
const LONG = 'được|lâu|từ lâu|lâu nay|sẵn|đủ|xong|tốt|ngon|êm|ổn|ngon lành|đàng hoàng|đầy đủ|hết|mấy năm|\\d+ năm|nay'
const THERE = [
  `${LINKS}(?:(?:${HAVE}) )?(?:(?:${LONG}) ){0,2}rồi`,
  `${LINKS}có sẵn`,
  '(?:(?:thì|cũng) )*(?:đang|vẫn|còn) (?:có|xài|dùng|chạy)',
  `${LINKS}(?:chạy|xài|dùng) (?:tốt|ngon|êm|ổn)`,
  '(?:(?:thì|cũng|tôi|tụi|tui|em|mình|bên|nhà|này|đó) ){0,4}tự (?:làm|lo|chạy|quản lý)',
].join('|')

const HANDLE = '(?:do|handle|run|manage|keep|make)'
/** "Accounting we do ourselves", "the website works fine". */
const ENGLISH_THERE = `(?:(?:is|are) )?(?:something |what )?(?:we|i) (?:already |can )?${HANDLE} (?:it |that |all )?(?:ourselves|myself|in[- ]house)|(?:(?:is|are|has been) )?(?:already )?(?:in place|there already|works? (?:fine|well)|runs? (?:fine|well))`
const OURSELVES = {
  before: new RegExp(`\\b(?<!(?:n['’]t|not|cannot|could|can) )(?:we|i) (?:already )?${HANDLE} (?:\\S+ ){0,4}$`, 'u'),
  after: /^ (?:\S+ ){0,4}(?:ourselves|myself|in[- ]house)\b/u,
}
const HAVING_BUT = (having: string, but: string) => ({
  before: new RegExp(`${wholeWords(having)}${UP_TO_A_WORD}`, 'u'),
  after: new RegExp(`^\\s*(?:\\S+ )?${wholeWords(but)}`, 'u'),
})

const vietnamese = (spelt: (source: string) => string): Way => ({
  inUse: new RegExp(`${wholeWords(`${spelt(IN_USE)}|${ENGLISH_IN_USE}`)}${GAP}`, 'u'),
  wish: new RegExp(
    `${wholeWords(spelt('muốn|cần|chưa|không|ko|k|hông|khỏi|để|sẽ|định|want to|need to'))}${UP_TO_A_WORD}`,
    'u',
  ),
  asks: new RegExp(wholeWords(spelt('cần|muốn|kiếm|tìm|need|want')), 'u'),
  there: new RegExp(`^\\s*(?:${spelt(THERE)})(?![\\p{L}\\d])`, 'u'),
  around: [HAVING_BUT(spelt('có|have|has'), spelt('nhưng|but'))],
})

const WAYS: Readonly<Record<Wording, Way>> = {
  accented: vietnamese((source) => source),
  plain: vietnamese(withoutAccents),
  english: {
    inUse: new RegExp(`${wholeWords(ENGLISH_IN_USE)}${GAP}`, 'u'),
    wish: new RegExp(`(?:\\b(?:want|wants|need|needs|like|hope) to|\\bnot|n['’]t|\\bnever)${UP_TO_A_WORD}`, 'u'),
    asks: /\b(?:needs?|wants?|looking|seek)\b/u,
    there: new RegExp(`^\\s*(?:${ENGLISH_THERE})\\b`, 'u'),
    around: [OURSELVES, HAVING_BUT('have|has', 'but')],
  },
}

/** Tells of spans of a text whether the words right beside them say that they are in use already. */
export function useIn(worded: Worded): (span: Span) => Use {
  const { text, words, wording } = worded
  const { inUse, wish, asks, there, around } = WAYS[wording]

  const isUsed = (span: Span): boolean => {
    const before = clauseBefore(words, span)
    const after = clauseAfter(words, span)
    const said = there.test(after) || around.some((one) => one.before.test(before) && one.after.test(after))
    if (said && !wish.test(before)) return true
    const match = inUse.exec(before)
    if (!match || asks.test(match.groups?.gap ?? '') || wish.test(before.slice(0, match.index))) return false
    const at = span.start - before.length + match.index
    return !(match[0].startsWith('dung') && (isNameDung(text, words, at) || isHalfOfWord(words, at)))
  }

  return (span) => {
    if (!isUsed(span)) return 'none'
    return isFaulty(worded, span) ? 'faulty' : 'fine'
  }
}
