import type { Span } from '../../../platform/search/index.js'
import { clausesAfter } from './clause.rules.js'
import { type Worded, type Wording, wholeWords, withoutAccents } from './wording.rules.js'

/** How far behind a thing its faults are told, in units. */
const REACH = 80

const FAULTS =
  'hư|hỏng|cũ|lỗi|lỗi thời|lạc hậu|chậm|lag|giật|đơ|treo|sập|bể|xấu|tệ|dở|yếu|rối|hết hạn|khó xài|khó dùng|trục trặc|bị hack|slow|old'
/** Without accents some are everyday words (cứ, lợi, chăm, chấm công): they count as one says them of a thing. */
const PLAIN_FAULTS =
  '(?<=^\\s)cu|hu|hu hoai|bi hong|hong hoai|hong roi|(?:qua|hoi|da|bi|cung) cu|cu (?:qua|roi|lam|xi|mem|ky)|(?:bi|hay|bao|qua) loi|loi (?:hoai|thoi|quai|mang|qua)|(?:chay|hoi|qua|load) cham|cham (?:qua|lam|rua|ri|hoai)|lac hau|lag|giat|treo|sap hoai|bi sap|xau|te qua|do qua|yeu qua|het han|kho xai|kho dung|truc trac|bi hack|slow|old'
const ENGLISH_FAULTS =
  "old|outdated|broken|broke|breaks|slow|slower|bad|poor|ugly|buggy|crash(?:es|ed|ing)?|fails?|failed|failing|down|expired|hacked|faulty|useless|out of date|out of order|falling apart|not work\\w*|n['’]?t work\\w*|stopped working|stops?"

const UNDENIED = '(?<!(?:không|ko|k|hông|chưa|ít|đâu có|hết|chẳng) )(?<!(?:không|chưa|hông) (?:bị|hề) )'

const FAULTY: Readonly<Record<Wording, RegExp>> = {
  accented: new RegExp(`${UNDENIED}${wholeWords(FAULTS)}`, 'u'),
  plain: new RegExp(`${withoutAccents(UNDENIED)}${wholeWords(PLAIN_FAULTS)}`, 'u'),
  english: new RegExp(`(?<!\\b(?:not|never|no|is ?n['’]t) (?:\\S+ )?)${wholeWords(ENGLISH_FAULTS)}`, 'u'),
}

/** A clause that goes on about the same thing. */
const GOES_ON: Readonly<Record<Wording, RegExp>> = {
  accented: /^\s*(?:(?:mà|nhưng|nhưng mà|nó|lại|giờ|với|vì|hơi|quá|hay|bị|cái|này|đó|đã|thì|là)\s+)*$/u,
  plain: /^\s*(?:(?:ma|nhung|no|lai|gio|voi|vi|hoi|qua|hay|bi|cai|nay|do|da|thi|la)\s+)*$/u,
  english: /^\s*(?:(?:but|and|which|that|it|it['’]s|is|has|are|very|too|so|now|keeps|always|often|just)\s+)*$/u,
}

/** Where a clause without commas goes on to another thing: "có website rồi giờ cái máy bơm hư". */
const NEXT_THING: Readonly<Record<Wording, RegExp>> = {
  accented: /(?<!\p{L})giờ (?:thì )?(?:cái|con|chiếc|cây|dàn|máy|nhà|cần|muốn|kiếm|tìm) /u,
  plain: /\bgio (?:thi )?(?:cai|con|chiec|cay|dan|may|nha|can|muon|kiem|tim) /u,
  english: /\bnow (?:the|our|my|a|we|i) /u,
}

/** Whether what follows a thing says that it is worn, broken or slow: in its clause, or in the next where that goes on about it. */
export function isFaulty({ words, wording }: Worded, span: Span): boolean {
  const [clause = '', next = ''] = clausesAfter(words, span, REACH)
  if (FAULTY[wording].test(clause.split(NEXT_THING[wording])[0] ?? '')) return true
  const fault = FAULTY[wording].exec(next)
  return fault !== null && GOES_ON[wording].test(next.slice(0, fault.index))
}
