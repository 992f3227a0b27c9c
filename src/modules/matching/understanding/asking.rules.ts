import type { Span } from '../../../platform/search/index.js'
import { asksAgainIn } from './another-wish.rules.js'
import { clauseBefore } from './clause.rules.js'
import { useIn } from './in-use.rules.js'
import { type Wording, wholeWords, withoutAccents, wordedAs } from './wording.rules.js'

/** How a wording asks for what follows, and how it denies that it does. */
interface Way {
  /** Verbs that ask; in the group `act` those that also tell what was done. */
  asks: RegExp
  /** What denies the verb that it stands directly before. */
  denies: RegExp
  /** What makes the act that it stands directly before one that is over. */
  done: RegExp
  /** What denies the thing itself that it stands directly before. */
  refuses: RegExp
  /** After a denial, what turns to a wish. */
  turns: RegExp
}

const WISHES = 'cần|muốn|kiếm|tìm|tư vấn|báo giá|gia hạn'
const ACTS = 'mua|thuê|mướn|nhờ|đặt|làm|xây dựng|thiết kế|viết'
const ENGLISH_WISHES =
  "needs?|wants?|looking for|look for|seeks?|seeking|searching for|interested in|quote for|would like|(?<=['’])d like"
const ENGLISH_ACTS = 'buy|hire|order|set up|install|make|build|design|develop'

/** "Không hề muốn", "khỏi phải làm", "not really looking for", "no plan to build". */
const FILLER = '(?:hề|có|phải|định|tính)'
const ENGLISH_FILLER =
  '(?:really|actually|currently|even|yet|ever|longer|going|planning|plans?|intend|intending|trying|reason|be|to|in)'
/** "Cannot build" and "could not find" tell what is missing: they ask. */
const ENGLISH_NOT =
  "(?<!(?:can|could) )not|(?:do|does|did|wo|would|is|are|was|were|should|have|has|had)n['’]?t|never|no|nor|neither|without"
/** "We have no website" tells what is missing. */
const ENGLISH_REFUSAL = '(?<!(?:have|has|had|got|is|are|with) )no|not|without|nor|neither'

const vietnamese = (spelt: (source: string) => string, not: string, done: string): Way => {
  const before = (source: string) => new RegExp(`(?<![\\p{L}\\d])(?:${source})$`, 'u')
  return {
    asks: verbs(`${spelt(WISHES)}|${ENGLISH_WISHES}`, `${spelt(ACTS)}|${ENGLISH_ACTS}`),
    denies: before(`(?:${not})\\s+(?:${spelt(FILLER)}\\s+)?|(?:${ENGLISH_NOT})\\s+(?:${ENGLISH_FILLER}\\s+){0,3}`),
    done: before(`(?:${done}|already)\\s+`),
    refuses: before(`(?:${not}|without)\\s+`),
    turns: new RegExp(wholeWords(spelt('mà|nhưng|chỉ|but|only|just')), 'u'),
  }
}

const verbs = (wishes: string, acts: string) => new RegExp(`(?<!\\p{L})(?:(?:${wishes})|(?<act>${acts}))(?=\\s)`, 'gu')

/**
 * Without accents "đừng" is also "dùng" and the name Dung, "hông" (no) also what is broken (hỏng) or a rose, "chưa" a pagoda, and
 * "đâu" a head and beans: they count where nothing before them says so, or not at all.
 */
const NOT_PLAIN =
  'khong|ko|kg|k|(?<!(?:bi|hu|hoa|bong|mau|may) )hong|khoi|(?<!(?:nha|ngoi|cua|cho|o|trong) )chua|chang|dau co'

const WAYS: Readonly<Record<Wording, Way>> = {
  accented: vietnamese((source) => source, 'không|ko|kg|k|hông|hổng|chưa|khỏi|đừng|chẳng|đâu', 'đã|vừa|từng'),
  plain: vietnamese(withoutAccents, NOT_PLAIN, 'da|vua|tung'),
  english: {
    asks: verbs(ENGLISH_WISHES, ENGLISH_ACTS),
    denies: new RegExp(`\\b(?:${ENGLISH_NOT})\\s+(?:${ENGLISH_FILLER}\\s+){0,3}$`, 'u'),
    done: /\b(?:already|have|has|had|['’]ve)\s+$/u,
    refuses: new RegExp(`\\b(?:${ENGLISH_REFUSAL})\\s+(?:(?:a|an|any|the|another|new)\\s+){0,2}$`, 'u'),
    turns: /\b(?:but|only|just|rather|instead)\b/u,
  },
}

/** So many words may stand between the verb and what it asks for. */
const BETWEEN = 5
/** "We have a website, want a new one". */
const HAVING = /(?<!\p{L})(?:có|co|have|has|had|got)\s+(?:\S+\s+)?$/u
/** What a text begins with it is about. */
const BEGINNING = /^\s*(?:\S+\s+){0,2}$/
const BEGINNING_REACH = 60

/**
 * Tells of spans of a text whether the words before them in their clause ask for them, or the text begins with them; not for what is
 * there already, unless more of it is asked for behind. `plain` is the text folded unit by unit.
 */
export function askingIn(text: string, plain: string): (span: Span) => boolean {
  const worded = wordedAs(text, plain)
  const { words } = worded
  const way = WAYS[worded.wording]
  const use = useIn(worded)
  const asksAgain = asksAgainIn(worded)
  return (span) => {
    if (use(span) === 'fine') return asksAgain(span)
    const before = clauseBefore(words, span)
    if (way.refuses.test(before)) return false
    const begins = () => span.start <= BEGINNING_REACH && BEGINNING.test(words.slice(0, span.start))
    return asks(before, way) ?? ((HAVING.test(before) && asksAgain(span)) || begins())
  }
}

/** Whether the verbs of a clause ask for what follows it; null when there are none. A denial holds for the verbs behind it. */
function asks(before: string, { asks, denies, done, turns }: Way): boolean | null {
  let asked: boolean | null = null
  let end = 0
  for (const verb of before.matchAll(asks)) {
    const lead = before.slice(end, verb.index)
    end = verb.index + verb[0].length
    if (denies.test(lead)) asked = false
    else if (turns.test(lead)) asked = true
    else if (asked === null) asked = !(verb.groups?.act && done.test(lead))
  }
  const between = before.slice(end).trim()
  return between.split(/\s+/).length <= BETWEEN ? asked : null
}
