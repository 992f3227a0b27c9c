/** Vietnamese alphabet order with the letters of other languages in their places. */
const LETTERS = [...'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz']
/** No tone, then grave, hook, tilde, acute, dot: the order of Vietnamese dictionaries. */
const TONES = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323']
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/u
const MAX_LETTERS = 130

/**
 * A text that sorts by its bytes as the original does in a Vietnamese dictionary: first by letters, then by tones. Spaces come before
 * signs, signs before digits, digits before letters.
 */
export function vietnameseSortKey(text: string): string {
  let letters = ''
  let tones = ''
  for (const char of [...text.normalize('NFC').toLowerCase()].slice(0, MAX_LETTERS)) {
    const [tone = ''] = TONE.exec(char.normalize('NFD')) ?? []
    letters += letterCode(char.normalize('NFD').replace(TONE, '').normalize('NFC'))
    tones += TONES.indexOf(tone).toString(16)
  }
  return `k${letters}00${tones}`
}

function letterCode(letter: string): string {
  const place = LETTERS.indexOf(letter)
  if (place >= 0) return hex(0x80 + place)
  if (/\s/u.test(letter)) return hex(0x10)
  if (/\d/u.test(letter)) return hex(0x60 + Number(letter))
  const code = letter.codePointAt(0) ?? 0
  return code < 0x80 ? hex(0x11 + Math.floor(code / 2)) : hex(0xf0)
}

const hex = (code: number) => code.toString(16).padStart(2, '0')
