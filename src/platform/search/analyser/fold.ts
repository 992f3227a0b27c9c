const PLAIN = /^[ -~]*$/
const MARKS = /\p{M}+/gu
const STROKED_D = /[đð]/gu
/** Combining grave, acute, tilde, hook above and dot below: the five written tones. */
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/gu
/** Syllables where i and y are two spellings of one sound: kĩ/kỹ, lí/lý, quí/quý. */
const I_OR_Y = /^(h|k|l|m|s|t|qu)y$/u

/** Lower-cased text without accents, đ as d. Idempotent; NFC and NFD give the same. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  return lower(text).normalize('NFKD').replace(MARKS, '').replace(STROKED_D, 'd').normalize('NFC')
}

/** Lower-cased NFC with compatibility forms (full width, ligatures) written out. */
export function lower(text: string): string {
  return PLAIN.test(text)
    ? text.toLowerCase()
    : text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/ð/gu, 'đ')
}

/** The folded spelling with y as i where the two are interchangeable (`ly` and `li` are one syllable). */
export function unifyIy(folded: string): string {
  return I_OR_Y.test(folded) ? `${folded.slice(0, -1)}i` : folded
}

/**
 * The accented spelling made comparable: the tone moves to the end of the syllable, so that hoá equals hóa and thuỷ equals
 * thủy, and lí equals lý. Takes one lower-cased syllable; not for display.
 */
export function exactForm(syllable: string): string {
  if (PLAIN.test(syllable)) return unifyIy(syllable)
  const decomposed = syllable.normalize('NFD')
  const tones = decomposed.match(TONE)
  if (tones?.length !== 1) return unifyIy(syllable)
  return unifyIy(decomposed.replace(TONE, '').normalize('NFC')) + tones[0]
}
