import type { Span } from '../../../platform/search/index.js'

/** Tools that businesses of the region name, by how they are typed (folded). Names as they are shown. */
const TOOLS: readonly { name: string; pattern: RegExp }[] = [
  { name: 'Excel', pattern: /\bexcel\b/g },
  { name: 'Google Sheets', pattern: /\bgoogle (?:sheets?|trang tinh)\b/g },
  { name: 'sổ tay', pattern: /\b(?:so tay|so giay|ghi so|so sach giay|vo hoc tro|paper (?:notebooks?|ledgers?))\b/g },
  { name: 'Zalo', pattern: /\bzalo\b/g },
  { name: 'Facebook', pattern: /\b(?:facebook|fanpage)\b/g },
  { name: 'MISA', pattern: /\bmisa\b/g },
  { name: 'KiotViet', pattern: /\bkiot ?viet\b/g },
  { name: 'Sapo', pattern: /\bsapo\b/g },
  { name: 'Shopee', pattern: /\bshopee\b/g },
  { name: 'TikTok', pattern: /\btik ?tok\b/g },
  { name: 'WordPress', pattern: /\bword ?press\b/g },
  { name: 'Odoo', pattern: /\bodoo\b/g },
  { name: 'SAP', pattern: /\bsap (?:b1|business one|erp)\b/g },
  { name: 'Google Drive', pattern: /\b(?:google drive|gdrive)\b/g },
]

/** Words that say that the following is there already. Not "đang có nhu cầu". */
const IN_USE =
  /\b(?:(?:hien |truoc gio |xua gio |lau nay )?(?:dang |van |da )?(?:xai|dung|su dung|(?:ghi|lam|tinh|cong|luu|quan ly|theo doi)(?: \S+){0,2} (?:bang|tren|vo|trong))|da co|co san|dang co(?! nhu cau)|already (?:have|use|using|run)|currently (?:have|use|using|on|run)|we (?:use|run on|keep)|kept in|da mua|da lam)\s+(?:\S+\s+){0,2}$/
const REACH = 48
/** "Muốn dùng", "chưa dùng": a wish, not a possession. */
const WISH = /\b(?:muon|can|chua|khong|ko|de|se|dinh|want to|need to|like to|not)\s+(?:\S+\s+)?$/

/** Whether the words right before `span` say that it is in use already. */
export function isInUse(plain: string, span: Span): boolean {
  const before = clauseBefore(plain, span)
  const match = IN_USE.exec(before)
  return match !== null && !WISH.test(before.slice(0, match.index))
}

/** Words that ask for the following, a few words on. */
const ASKING =
  /\b(?:can|muon|kiem|tim|mua|thue|dat|lam|xay dung|thiet ke|viet|nho|tu van|bao gia|need|want|look(?:ing)? for|seek(?:ing)?|buy|hire|order|quote (?:for|on)|would like|set up|install|make|build|design|develop)\s+(?:\S+\s+){0,5}$/
/** What a text begins with it is about. */
const BEGINNING = /^\s*(?:\S+\s+){0,2}$/

/** Whether the words before `span` in its clause ask for it, or the text begins with it. */
export const isAskedFor = (plain: string, span: Span): boolean =>
  ASKING.test(clauseBefore(plain, span)) || BEGINNING.test(plain.slice(0, span.start))

function clauseBefore(plain: string, span: Span): string {
  const before = plain.slice(Math.max(0, span.start - REACH), span.start)
  return before.split(/[.,;!?\n]/).at(-1) ?? ''
}

/** Tools that a folded text says are in use, in order of appearance. */
export function findTools(plain: string): string[] {
  const used = TOOLS.flatMap(({ name, pattern }) =>
    [...plain.matchAll(pattern)]
      .filter((match) => isInUse(plain, { start: match.index, end: match.index + match[0].length }))
      .slice(0, 1)
      .map((match) => ({ name, at: match.index })),
  )
  return used.sort((a, b) => a.at - b.at).map(({ name }) => name)
}
