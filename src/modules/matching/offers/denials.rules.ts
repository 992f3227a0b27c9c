import type { Span } from '../../../platform/search/index.js'
import { plainText } from '../understanding/plain-text.rules.js'

/** What a firm does for others. Not "không cài", "không kéo dây": that is spared to the customer. */
const DOES =
  'bán|làm|nhận|nhận làm|cung cấp|sửa|sửa chữa|lắp|lắp đặt|thi công|viết|thiết kế|cho thuê|dạy|đào tạo|kinh doanh|bảo trì|chạy quảng cáo|quay phim|chụp hình|đảm nhận|có dịch vụ|có mảng|có bộ phận|có phần'
/** Behind "làm", "nhận", "bán" and "sửa" these tell of what goes wrong, or of what need not be. */
const SPARED =
  'mất|phiền|hư|chậm|gián đoạn|ảnh hưởng|khó|đứt|kịp|thay|rối|tốn|chết|đau|xáo|lộ|lỡ|sai|ra|được|hàng|tiền|hoa hồng|biết|diện|dạng|trùng|thiếu|lộn|nhầm|đứt|dữ liệu|lại|tay|nổi|xong'
const NO = '(?:không|ko|hông|chẳng|chưa)(?: (?:hề|từng|còn|nhận|có))?'
/** Where something else begins. */
const TURN =
  ',?\\s+(?:nhưng|mà|chỉ|chuyên|thay vào đó|nên|vì|còn (?=\\p{L}+ thì)|but|only|instead|because|so)(?!\\p{L})|,\\s*(?:chúng tôi|tụi tôi|tụi mình|bên (?:em|mình)|mình|ai|xin|we|you|our)(?!\\p{L})'
const END = '(?!\\p{L})'
const BEGINS = '(?<!\\p{L})'

const ENGLISH_DOES =
  'do|repair|sell|make|build|offer|provide|install|design|write|develop|train|teach|supply|rent|host|take on|accept|service|fix|maintain|certify|buy|stock|print|run|work (?:on|with)|deal with|handle'
/** Before "do not" they say that somebody else does not. */
const OTHERS =
  '(?<!\\b(?:you|they|staff|customers|clients|guests|owners|farmers|who|that|people|it|workers|nobody|which) )'

/** "Chúng tôi không sửa máy tính, không lắp camera"; "we do not repair computers". From here to the end or turn of the sentence. */
const FORWARD = [
  `${BEGINS}${NO} (?:${DOES})${END}(?! (?:${SPARED})${END})`,
  `${BEGINS}(?:không|chưa) phải (?:là )?(?:bên|công ty|đơn vị|nơi|chỗ|tiệm|thợ)${END}`,
  `${BEGINS}${OTHERS}(?:do not|don['’]t|does not|doesn['’]t|no longer|neither|we never|will not|won['’]t) (?:also |ever |yet )?(?:${ENGLISH_DOES})${END}`,
  // Of others it is said oftener: "old tills cannot handle e-invoices".
  `(?<=(?:^|[,;:]|\\bwe)\\s*)(?:cannot|can['’]t) (?:also |ever |yet )?(?:${ENGLISH_DOES})${END}`,
  `${BEGINS}(?:we are|we['’]re|is|are) not (?:an?|the)${END}`,
  `${BEGINS}(?:we )?(?:sell|make|offer|build|do|repair|write|provide|install|teach)s? no${END}(?! (?:more|less|matter|secret|mistakes?|noise|promises?|harm|compromises?|difference|sense|fuss|secrets))`,
]
/** "Sửa máy tính thì không nhận", "cài đặt, lập trình: không làm": what stands before in the clause. */
const BACKWARD = `(?:${BEGINS}(?:thì|cũng|đều|chúng tôi|tụi tôi|tụi mình|tụi này|bên tôi|bên em|mình)\\s+){0,4}(?:${BEGINS}(?:không|chưa) (?:(?:${DOES}|có|làm được|nhận được)|phải (?:là )?(?:nghề|việc|sở trường|tay nghề|mảng)(?:[^.,;:!?]*))\\s*(?=$|[,.;:!?]))`
/** "Ai cần kế toán xin hỏi nơi khác", "for websites ask others". */
const ELSEWHERE = `${BEGINS}(?:ai cần${END}[^.;!?\\n]{0,60}?(?:nơi|bên|chỗ|đơn vị|người) khác|for${END}[^.;!?\\n]{0,60}?(?:ask|see|try|go to|turn to|look) (?:others|elsewhere))${END}`
/** The part of it that sends away. */
const AWAY = `(?:${BEGINS}(?:xin|thì|cứ|giới thiệu|hỏi|tìm|kiếm|qua|please|ask) )*(?:(?:nơi|bên|chỗ|đơn vị|người) khác|others|elsewhere)${END}`

/** Patterns as typed with accents, and for a text without any. */
const patternsOf = (spell: (pattern: string) => string) => ({
  forward: new RegExp(`(?:${FORWARD.map(spell).join('|')})`, 'giu'),
  backward: new RegExp(spell(BACKWARD), 'giu'),
  elsewhere: new RegExp(spell(ELSEWHERE), 'giu'),
  denial: new RegExp(`${spell(BACKWARD)}|${[...FORWARD, AWAY].map(spell).join('|')}`, 'giu'),
  turn: new RegExp(spell(TURN), 'giu'),
})
const ACCENTED = patternsOf((pattern) => pattern)
const PLAIN = patternsOf((pattern) => plainText(pattern).replace(/\\p\{l\}/g, '\\p{L}'))

const SENTENCE = /[^.;!?\n]+(?:[.!?](?!\s|$)[^.;!?\n]*)*/gu

/** Every denial holds one of these; most sentences hold none, and the patterns below cost ten times as much. */
const MAY_DENY =
  /kh[oô]ng|ko|h[oô]ng|ch[aẳ]ng|ch[uư]a|n[o'’]t|kh[aá]c|neither|never|others|elsewhere|(?<!\p{L})no(?!\p{L})/iu

/**
 * A firm's text with what it says it does not do blanked out, as long as before, so that offsets stay: it is no offer, though the words are
 * those by which one asks for it. What it spares its customers ("không phải gõ lại") stays. Takes NFC text.
 */
export function withoutDenials(text: string): string {
  return text.replace(SENTENCE, (sentence) => blanked(sentence, deniedIn(sentence)))
}

/** A clause by which a firm says what it does not do. */
export interface Denial {
  /** As it stands in the text, trimmed. */
  clause: string
  /** The same without the words that deny ("không bán", "we sell no"), a comma in their place: what is denied. */
  work: string
}

/** The clauses that `withoutDenials` blanks out. Takes NFC text. */
export function denialsIn(text: string): Denial[] {
  return [...text.matchAll(SENTENCE)].flatMap(({ 0: sentence }) =>
    merged(deniedIn(sentence))
      .map(({ start, end }) => sentence.slice(start, end).replace(AROUND, ''))
      .filter((clause) => clause !== '')
      .map((clause) => ({ clause, work: clause.replace(patternsFor(sentence).denial, ', ') })),
  )
}

/** By how the sentence itself is written: firms' texts stand beside names that are always accented. */
const patternsFor = (sentence: string) => (plainText(sentence) === sentence.toLowerCase() ? PLAIN : ACCENTED)

/** What stands around a clause and is none of it. */
const AROUND = /^[\s,:]+|[\s,:]+$/gu

/** The spans in their order, those that touch as one. */
function merged(spans: readonly Span[]): Span[] {
  const whole: { start: number; end: number }[] = []
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = whole.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else whole.push({ start, end })
  }
  return whole
}

/** The sentence with the spans blanked out, in one pass: a text may deny a thousand times. They may overlap. */
function blanked(sentence: string, spans: readonly Span[]): string {
  let out = ''
  for (const { start, end } of merged(spans)) out += sentence.slice(out.length, start) + ' '.repeat(end - start)
  return out + sentence.slice(out.length)
}

function deniedIn(sentence: string): Span[] {
  if (!MAY_DENY.test(sentence)) return []
  const { forward, backward, elsewhere, turn } = patternsFor(sentence)
  const before = [...sentence.matchAll(backward)].map((match) => ({
    start: clauseStart(sentence, match.index),
    end: match.index + match[0].length,
  }))
  const sentAway = [...sentence.matchAll(elsewhere)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }))
  return [...before, ...denied(sentence, forward, turn), ...sentAway]
}

/** From each denial to where something else begins, or to the end; what lies within one is not looked at again. */
function denied(sentence: string, forward: RegExp, turn: RegExp): Span[] {
  const turns = [...sentence.matchAll(turn)].map(({ index }) => index)
  const spans: Span[] = []
  let next = 0
  for (const { index, 0: found } of sentence.matchAll(forward)) {
    const from = index + found.length
    if (index < (spans.at(-1)?.end ?? 0)) continue
    while (next < turns.length && (turns[next] ?? 0) < from) next++
    spans.push({ start: index, end: turns[next] ?? sentence.length })
  }
  return spans
}

/** Longer parts of a list are clauses of their own. Words. */
const ITEM = 5
/** A list is looked for so far back. UTF-16 units. */
const REACH = 200

/** Where the list begins that ends at a place of a sentence: all before a colon, as far as is looked, or what stands behind the last clause of its own. */
function clauseStart(sentence: string, end: number): number {
  const from = Math.max(0, end - REACH)
  const before = sentence.slice(from, end)
  if (/:\s*$/.test(before)) return wholeWordsFrom(sentence, from)
  const items = before.split(',')
  let at = items.length - 1
  while (at > 0 && wordsIn(items[at - 1] ?? '') <= ITEM && !(items[at] ?? '').includes(':')) at--
  return at > 0 ? from + items.slice(0, at).join(',').length + 1 : wholeWordsFrom(sentence, from)
}

/** A place, or where the next word begins when it is not a sentence's first. */
function wholeWordsFrom(sentence: string, place: number): number {
  const space = place > 0 ? sentence.indexOf(' ', place) : -1
  return space < 0 ? place : space + 1
}

const wordsIn = (text: string) => text.trim().split(/\s+/).length
