import { fold } from '../../platform/search/analyser/fold.js'

/** A company's name made comparable: legal form gone, abbreviations written out, trade words of both languages as one. */
export interface NormalName {
  /** Its words in the order they stand; a trade word ("công nghệ", "technology") is one word. */
  words: readonly string[]
  /** The words that tell it from others. */
  core: readonly string[]
}

/** What a firm is by law, in the order they are taken out: a longer one before what it is made of. */
const LEGAL_FORMS = [
  ...['cong ty trach nhiem huu han', 'trach nhiem huu han', 'cong ty co phan', 'cong ty cp', 'cty cp', 'ct cp', 'ctcp'],
  ...['cong ty tnhh', 'cty tnhh', 'ct tnhh', 'tnhh', 'mot thanh vien', 'hai thanh vien tro len', 'mtv', '1tv', '2tv'],
  ...['co phan', 'doanh nghiep tu nhan', 'dntn', 'lien hiep hop tac xa', 'hop tac xa', 'htx', 'to hop tac'],
  ...['ho kinh doanh ca the', 'ho kinh doanh', 'hkd', 'co so', 'chi nhanh', 'van phong dai dien', 'vpdd'],
  ...['tong cong ty', 'tap doan', 'cong ty', 'cty', 'doanh nghiep'],
  ...['limited liability company', 'joint stock company', 'private limited company', 'company limited', 'co ltd'],
  ...[
    'one member',
    'pte ltd',
    'branch of',
    'jsc',
    'llc',
    'ltd',
    'limited',
    'incorporated',
    'inc',
    'corporation',
    'corp',
  ],
  ...['company', 'cooperative', 'group'],
]

/** Abbreviations that stand for one thing only. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  ...{ tm: 'thuong mai', dv: 'dich vu', sx: 'san xuat', xd: 'xay dung', xnk: 'xuat nhap khau', nk: 'nhap khau' },
  ...{ xk: 'xuat khau', tv: 'tu van', kt: 'ky thuat', cn: 'cong nghe', pm: 'phan mem', gp: 'giai phap' },
  ...{ cntt: 'cong nghe thong tin', tmdt: 'thuong mai dien tu', it: 'cong nghe thong tin', nn: 'nong nghiep' },
  ...{ vn: 'viet nam', hcm: 'ho chi minh', tphcm: 'ho chi minh', ptr: 'phat trien', ud: 'ung dung' },
}

/** Several written as one: "TMDV", "SXTMDV". */
const GLUED = /^(?:tm|dv|sx|xd|xnk|kt|tv){2,}$/
const GLUED_PARTS = /tm|dv|sx|xd|xnk|kt|tv/g

/** Words that many names share, each with the ways it is said. They tell little. */
const TRADE_WORDS: Readonly<Record<string, readonly string[]>> = {
  congnghethongtin: ['cong nghe thong tin', 'information technology'],
  congnghe: ['cong nghe cao', 'cong nghe', 'technologies', 'technology', 'tech'],
  phanmem: ['phan mem', 'software'],
  giaiphap: ['giai phap', 'solutions', 'solution'],
  thuongmaidientu: ['thuong mai dien tu', 'e commerce', 'ecommerce'],
  thuongmai: ['thuong mai', 'trading', 'commerce', 'commercial'],
  dichvu: ['dich vu', 'services', 'service'],
  sanxuat: ['san xuat', 'manufacturing', 'production'],
  xaydung: ['xay dung', 'construction'],
  xuatnhapkhau: ['xuat nhap khau', 'import export', 'export import'],
  tuvan: ['tu van', 'consulting', 'consultancy', 'consultant'],
  phattrien: ['phat trien', 'development'],
  dautu: ['dau tu', 'investment'],
  truyenthong: ['truyen thong', 'media', 'communications', 'communication'],
  vienthong: ['vien thong', 'telecom', 'telecommunications'],
  nongnghiep: ['nong nghiep', 'agriculture', 'agricultural'],
  tudong: ['tu dong hoa', 'automation'],
  daotao: ['dao tao', 'training'],
  kythuat: ['ky thuat', 'engineering', 'technical'],
  kythuatso: ['ky thuat so', 'chuyen doi so', 'digital transformation', 'digital'],
  vietnam: ['viet nam', 'vietnam'],
  va: ['va', 'and'],
}

const FORMS = LEGAL_FORMS.map((form) => ` ${form} `)
const PHRASES = Object.entries(TRADE_WORDS)
  .flatMap(([word, said]) => said.map((phrase) => [` ${phrase} `, ` ${word} `] as const))
  .sort(([a], [b]) => b.length - a.length)
const GENERIC: ReadonlySet<string> = new Set(Object.keys(TRADE_WORDS))

export function normalName(name: string): NormalName {
  const plain = fold(name)
    .replace(/['’`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  const spelt = ` ${plain.split(' ').map(writtenOut).join(' ')} `
  // A name may be nothing but a form ("Hợp tác xã"); then the form is all there is to compare.
  const bare = without(spelt, FORMS).trim() ? without(spelt, FORMS) : spelt
  let said = doubled(bare)
  for (const [phrase, word] of PHRASES) said = said.replaceAll(doubled(phrase), doubled(word))
  const words = said.split(' ').filter((word) => word !== '' && word !== 'va')
  return { words, core: words.filter((word) => !GENERIC.has(word)) }
}

/** "Agri Tech" and "Agritech" are one. */
export const joined = ({ words }: NormalName): string => words.join('')

/** The same words in any order. */
export const inAnyOrder = (words: readonly string[]): string => [...new Set(words)].sort().join(' ')

/** How much two names say the same: 0 nothing, 1 all. Trade words count little, a slip of the pen is forgiven. */
export function likeness(a: NormalName, b: NormalName): number {
  if (joined(a) === joined(b)) return 1
  const weight = (words: readonly string[]) => words.reduce((sum, word) => sum + (GENERIC.has(word) ? 0.3 : 1), 0)
  const left = [...b.words]
  const shared = a.words.filter((word) => {
    const at = left.findIndex((other) => isNear(word, other))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
  const all = weight(a.words) + weight(b.words)
  return all === 0 ? 0 : (2 * weight(shared)) / all
}

function isNear(a: string, b: string): boolean {
  if (a === b) return true
  return Math.min(a.length, b.length) >= 5 && Math.abs(a.length - b.length) <= 1 && isOneSlip(a, b)
}

/** One letter more, less or other. */
function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  let i = 0
  while (i < short.length && short[i] === long[i]) i++
  return short.slice(short.length === long.length ? i + 1 : i) === long.slice(i + 1)
}

function writtenOut(word: string): string {
  if (GLUED.test(word)) return (word.match(GLUED_PARTS) ?? []).map((part) => ABBREVIATIONS[part]).join(' ')
  return ABBREVIATIONS[word] ?? word
}

function without(text: string, phrases: readonly string[]): string {
  let rest = doubled(text)
  for (const phrase of phrases) rest = rest.replaceAll(doubled(phrase), ' ')
  return rest.replace(/ +/g, ' ')
}

/** Two spaces between words, so that phrases side by side do not share one. */
const doubled = (text: string) => ` ${text.trim().replace(/ +/g, '  ')} `
