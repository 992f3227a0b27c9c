import type { MustHave } from './understood.types.js'

/** Ways to say that something is a must. A bare "phải" is how every pain is told, so it does not count. */
const INTRODUCED =
  /\b(?:bat buoc(?: phai)?(?: co| la| duoc)?|nhat dinh phai|nhat thiet phai|phai co|yeu cau bat buoc|dieu kien (?:la|tien quyet|bat buoc)|must(?: have| be| support| offer| include| run| work)?|mandatory|is required|required to|non[- ]negotiable)\b[\s:,]*(?<what>[^.,;:!?\n()]{3,120})/g
const MOST = 5

/** The musts that a text declares, at most five, in their own words. `plain` is the text folded unit by unit. */
export function findMustHaves(text: string, plain: string): MustHave[] {
  return [...plain.matchAll(INTRODUCED)].slice(0, MOST).flatMap((match) => {
    const what = match.groups?.what ?? ''
    const end = match.index + match[0].trimEnd().length
    const start = match.index + match[0].length - what.length
    const words = text.slice(start, end).trim()
    return words.includes(' ') ? [{ text: words, span: { start, end } }] : []
  })
}
