import type { Span } from '../../../platform/search/index.js'
import { clauseAfter, clauseBefore } from './clause.rules.js'
import { type Worded, type Wording, wholeWords, withoutAccents } from './wording.rules.js'

/** How far behind the refused it is said what is wanted in its place, in units. */
const REACH = 200

interface Way {
  refuses: RegExp
  /** "Không bán hàng online được" tells a pain. */
  unable: RegExp
  only: RegExp
}

const vietnamese = (spelt: (source: string) => string): Way => ({
  refuses: new RegExp(
    `(?<![\\p{L}\\d])(?:${spelt('không|ko|k|hông|khỏi')})\\s+(?:(?:${spelt('làm|bán|xài|dùng|mở|chạy|gắn|lắp|đụng|mua')})\\s+)?(?:${spelt('cái|gì')}\\s+)?$`,
    'u',
  ),
  unable: new RegExp(`^\\s*(?:\\S+\\s+)?${wholeWords(spelt('được|dc|đc|nổi|kịp|xuể|ra|tốt|hiệu quả|chạy|tới'))}`, 'u'),
  only: new RegExp(`${wholeWords(spelt('chỉ'))}\\s+${wholeWords(spelt('cần|muốn|kiếm|tìm|mua|thuê|nhờ|xin'))}`, 'u'),
})

const WAYS: Readonly<Record<Wording, Way>> = {
  accented: vietnamese((source) => source),
  plain: vietnamese(withoutAccents),
  english: {
    refuses:
      /(?:\b(?:do|does|did|wo|would)(?:n['’]?t| not)\s+(?:do|make|build|run|use|want|need)|\b(?:not|neither|nor)|(?<!\b(?:have|has|had|got|is|are) )\bno)\s+(?:(?:a|an|any|the)\s+)?$/u,
    unable: /^\s*(?:well|properly|works?)\b/u,
    only: /\b(?:only|just|all we|all i)\s+(?:need|want|looking|look)\b/u,
  },
}

/**
 * Tells of spans of a text whether they are named only to say what is not wanted beside what is: "không bán hàng online, không làm
 * web, chỉ muốn gắn camera".
 */
export function refusedIn({ words, wording }: Worded): (span: Span) => boolean {
  const { refuses, unable, only } = WAYS[wording]
  return (span) =>
    refuses.test(clauseBefore(words, span)) &&
    !unable.test(clauseAfter(words, span)) &&
    only.test(words.slice(span.end, span.end + REACH))
}
