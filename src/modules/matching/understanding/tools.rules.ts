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

/** "Có website rồi", "website thì có rồi", "camera đang xài", "we do it ourselves": said after the thing that is there. */
const THERE =
  /^\s*(?:thi |cung |da |dang )*(?:(?:\S+ ){0,2}roi\b|(?:co san|dang (?:co|xai|dung|chay))\b|(?:\S+ ){0,4}ourselves\b)/
/** Or around it: "có website nhưng ...". */
const HAVING = /\b(?:co|have|has)\s+(?:\S+\s+)?$/
const BUT = /^\s*(?:\S+ )?(?:nhung|but)\b/

/** Whether the words right beside `span` say that it is in use already. */
export function isInUse(plain: string, span: Span): boolean {
  const before = clauseBefore(plain, span)
  const after = clauseAfter(plain, span)
  if (!WISH.test(before) && (THERE.test(after) || (HAVING.test(before) && BUT.test(after)))) return true
  const match = IN_USE.exec(before)
  return match !== null && !WISH.test(before.slice(0, match.index))
}

/** What stands before a span in its clause, a few words of it. */
export function clauseBefore(plain: string, span: Span): string {
  const before = plain.slice(Math.max(0, span.start - REACH), span.start)
  return before.split(/[.,;!?\n]/).at(-1) ?? ''
}

function clauseAfter(plain: string, span: Span): string {
  const after = plain.slice(span.end, span.end + REACH)
  return after.split(/[.,;!?\n]/)[0] ?? ''
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
