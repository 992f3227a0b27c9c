import type { Span } from '../../../platform/search/index.js'
import { clausesAfter } from './clause.rules.js'
import { type Worded, type Wording, withoutAccents } from './wording.rules.js'

/** How far behind a thing a wish of its own is looked for, in units. */
const REACH = 400

interface Way {
  /** Words that begin a clause without a comma. */
  begins: RegExp
  /** A clause that wishes for something, and what. */
  wishes: RegExp
  /** What asks for more of the same: another one, a newer one, a repair. */
  same: RegExp
}

const SUBJECTS = 'tôi|tui|tao|em|mình|anh|chị|con|bên|nhà|tiệm|tụi|chúng|htx|cty|công ty|nó'
const ADVERBS = 'giờ|bây giờ|hiện|hiện tại|nay|thì|nên|vẫn|còn|chỉ|đang|lại|cũng|rồi|mà|nhưng'
const VERBS = 'cần|muốn|kiếm|tìm|mua|thuê|mướn|nhờ'
/** "Kiếm người làm lại", "nhờ bên nào nâng cấp". */
const WHO = 'nhờ|thuê|kiếm|ai|người|bên|chỗ|đơn vị|nào|giúp|được|phải|nó'
/** "Thay mái tôn", "thêm thợ" are other things. */
const OTHER =
  'thợ|người|vốn|tiền|đất|nhà|sân|đường|công nhân|nhân công|mái|ống|xe|ghe|xuồng|giống|phân|bò|heo|ao|chuồng|kho|nghề'
const AGAIN =
  'nâng cấp|nâng lên|làm lại|làm mới|sửa lại|đổi|thay|thêm|cải tiến|mở rộng|cái khác|cái mới|bản mới|upgrade|update'
const ENGLISH_AGAIN = 'upgrad\\w+|updat\\w+|replac\\w+|redesign\\w*|rebuil\\w+|redo|redone|renew\\w*|improve\\w*'
/** "Replace it", "rebuild the site", not "replace the roof". */
const ENGLISH_OTHER = '(?! (?:the|our|my|a) (?!old|new|web|site|page|system|app|one))'

const vietnamese = (spelt: (source: string) => string): Way => ({
  begins: new RegExp(`(?<![\\p{L}\\d])(?=(?:${spelt('nhưng|giờ|bây giờ|mà giờ')}|but)(?![\\p{L}\\d]))`, 'u'),
  wishes: new RegExp(
    `^(?:(?:${spelt(`${ADVERBS}|${SUBJECTS}`)}|but) ){0,5}(?:${spelt(VERBS)}|need|want)(?![\\p{L}\\d])(?<what>.*)$`,
    'u',
  ),
  same: new RegExp(
    `^ (?:(?:${spelt(WHO)}) ){0,3}(?:${spelt(AGAIN)})(?![\\p{L}\\d])(?! (?:${spelt(OTHER)})(?![\\p{L}\\d]))`,
    'u',
  ),
})

const WAYS: Readonly<Record<Wording, Way>> = {
  accented: vietnamese((source) => source),
  plain: vietnamese(withoutAccents),
  english: {
    begins: /\b(?=(?:but|and now|now|so now)\b)/u,
    wishes:
      /^(?:(?:and|but|so|now|then|still|only|just|we|i|they|our \S+|my \S+|what|is|are|am|also|['’]?(?:re|m)) ){0,5}(?:needs?|wants?|would like|look(?:ing)? for|seek(?:ing)?|buy|hire)\b(?<what>.*)$/u,
    same: new RegExp(
      `^(?: \\S+){0,4}? (?:it|(?:${ENGLISH_AGAIN})\\b${ENGLISH_OTHER}|(?:an?|the)? ?(?:\\S+ )?one(?! (?:person|man|more|day|month|week|of)\\b)|another$)\\b`,
      'u',
    ),
  },
}

/**
 * Tells of spans of a text whether something else is asked for in a clause of its own behind them: "có website rồi, giờ cần thợ sửa
 * ống nước", and not "có website rồi, giờ muốn nâng cấp".
 */
export function asksBehindIn(worded: Worded): (span: Span) => boolean {
  const wishes = wishesBehindIn(worded)
  return (span) => wishes(span).includes('other')
}

/** Tells of spans of a text whether the first wish behind them is for more of the same. */
export function asksAgainIn(worded: Worded): (span: Span) => boolean {
  const wishes = wishesBehindIn(worded)
  return (span) => wishes(span)[0] === 'same'
}

function wishesBehindIn({ words, wording }: Worded): (span: Span) => ('same' | 'other')[] {
  const { begins, wishes, same } = WAYS[wording]
  return (span) => {
    const clauses = clausesAfter(words, span, REACH).flatMap((clause) => clause.split(begins))
    // What follows the thing at once is still about it.
    return clauses.slice(1).flatMap((clause) => {
      const wish = wishes.exec(clause.trim().split(/\s+/).join(' '))
      return wish ? [same.test(wish.groups?.what ?? '') ? ('same' as const) : ('other' as const)] : []
    })
  }
}
