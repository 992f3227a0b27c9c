import type { Span } from '../../../platform/search/index.js'

/** Words that say nothing about the work: greetings, thanks, the phrases of tenders, addresses of people. Folded. */
const BOILERPLATE: readonly RegExp[] = [
  /\b(?:xin )?(?:kinh )?chao (?:(?:tat ca|quy|cac|anh chi|anh|chi|ban|moi nguoi|ad|admin|shop|cty|cong ty|doanh nghiep|ban quan ly)\b[ ,]*)*/g,
  /\bkinh gui:?[^\n.,]{0,60}/g,
  /\b(?:xin )?(?:chan thanh )?(?:cam on|cam on nhieu|tran trong|than men|tran trong kinh chao)\b[^\n.]{0,40}/g,
  /\b(?:nho|mong|rat mong|xin|lam phien) (?:quy |cac )?(?:anh chi|anh|chi|ban|cong ty|doanh nghiep|moi nguoi|ad)? ?(?:tu van giup|giup do|giup|ho tro giup|chi giup|gioi thieu giup|quan tam|phan hoi|lien he)\b/g,
  /\b(?:cho (?:minh|em|toi|hoi)|ai biet|co ai|anh chi nao biet|ben nao|cong ty nao|don vi nao) (?:hoi|chi|gioi thieu|lam duoc|nhan lam)?\b/g,
  /\b(?:hello|hi there|dear (?:sir|madam|all|team)s?|good (?:morning|afternoon)|(?:best|kind|warm) regards|yours sincerely|thank(?:s| you)(?: (?:in advance|very much|so much))?)\b/g,
  /\bgoi thau(?: so)? ?\d*\s?[:.]?/g,
  /\b(?:thue|mua sam|cung cap|trien khai|su dung) dich vu (?:cong nghe thong tin|cntt)\b/g,
  /\bgiai doan (?:tu )?(?:nam )?20\d{2} ?(?:-|den|–) ?(?:nam )?20\d{2}\b/g,
  /\b(?:tren dia ban|thuoc dia ban) (?:toan )?(?:tinh|thanh pho|huyen|quan|xa|phuong)?\b/g,
  /\b(?:theo quy dinh(?: cua phap luat)?|can cu (?:quyet dinh|nghi dinh|luat|thong tu)[^\n.;]{0,60}|hinh thuc qua mang|ho so moi thau|e-hsmt|chu dau tu|ben moi thau|nguon von[^\n.;,]{0,40}|dau thau rong rai|chao hang canh tranh)\b/g,
]
const ADDRESSES: readonly RegExp[] = [
  /\b[\w.+-]+@[\w-]+\.[\w.-]+/g,
  /\bhttps?:\/\/\S+|\bwww\.\S+/g,
  /(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)/g,
]

/** A text with greetings, phrases of tenders and addresses blanked out. `plain` is the text folded unit by unit. */
export const withoutBoilerplate = (text: string, plain: string): string => blankOut(text, findBoilerplate(plain))

function findBoilerplate(plain: string): Span[] {
  return [...BOILERPLATE, ...ADDRESSES].flatMap((pattern) =>
    [...plain.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  )
}

/** The text with the spans blanked out, as long as before, so that offsets stay. */
export function blankOut(text: string, spans: readonly Span[]): string {
  let out = text
  for (const { start, end } of spans) {
    out = out.slice(0, start) + ' '.repeat(end - start) + out.slice(end)
  }
  return out
}
