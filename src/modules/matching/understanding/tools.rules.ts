import { useIn } from './in-use.rules.js'
import type { Worded } from './wording.rules.js'

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

/** Tools that a text says are in use, for good or ill, in order of appearance. `plain` is the text folded unit by unit. */
export function findTools(worded: Worded, plain: string): string[] {
  const use = useIn(worded)
  const used = TOOLS.flatMap(({ name, pattern }) =>
    [...plain.matchAll(pattern)]
      .filter((match) => use({ start: match.index, end: match.index + match[0].length }) !== 'none')
      .slice(0, 1)
      .map((match) => ({ name, at: match.index })),
  )
  return used.sort((a, b) => a.at - b.at).map(({ name }) => name)
}
