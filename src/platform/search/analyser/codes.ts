/** Patterns of tokens that are more than letters: `c++`, `.net`, `4.0`, phone numbers, tax codes. Sources for one big pattern. */

const NOT_INSIDE = '(?<![\\p{L}\\p{N}])'
const NOT_BEFORE = '(?![\\p{L}\\p{N}])'

/** 10 digits, or 10-3 for a branch. */
const TAX_CODE = `${NOT_INSIDE}\\d{10}-\\d{3}${NOT_BEFORE}`
/** Vietnamese numbers of 9 to 11 digits in up to three groups, with 0 or +84 in front. */
const PHONE = `${NOT_INSIDE}(?=(?:\\+?84|0)(?:[ .-]?\\d){8,10}${NOT_BEFORE})(?:\\+?84[ .-]?\\d{1,3}|0\\d{1,3})[ .-]?\\d{3,4}[ .-]?\\d{3,4}${NOT_BEFORE}`
const HOTLINE = `${NOT_INSIDE}1[89]00[ .-]?\\d{2,4}(?:[ .-]?\\d{2})?${NOT_BEFORE}`
const NUMBER = `${NOT_INSIDE}\\d+(?:[.,]\\d+)+${NOT_BEFORE}`
const DOT_NET = `${NOT_INSIDE}\\.[nN][eE][tT]${NOT_BEFORE}`
const C_FAMILY = `${NOT_INSIDE}\\p{L}{1,2}(?:\\+{1,2}|#)${NOT_BEFORE}`

/** All code-like tokens, most specific first. */
export const CODE_PATTERN = [TAX_CODE, PHONE, HOTLINE, NUMBER, DOT_NET, C_FAMILY].join('|')

const THOUSANDS = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/u
const DIGITS_AND_SEPARATORS = /^[+\d][\d .-]*$/u

/** The comparable form of a code-like token, e.g. `+84 912 345 678` as `0912345678`; null when the text is an ordinary word. */
export function codeKey(raw: string): string | null {
  if (THOUSANDS.test(raw)) return raw.replace(/[.,]/gu, '')
  if (/^\d+(?:[.,]\d+)+$/u.test(raw)) return looksLikePhone(raw) ? phoneKey(raw) : raw.replace(/,/gu, '.')
  if (/^\d{10}-\d{3}$/u.test(raw)) return raw
  if (DIGITS_AND_SEPARATORS.test(raw)) return phoneKey(raw)
  if (/^\.net$/iu.test(raw) || /^\p{L}{1,2}(?:\+{1,2}|#)$/u.test(raw)) return raw.toLowerCase()
  return null
}

const digitsOf = (raw: string) => raw.replace(/\D/gu, '')

function looksLikePhone(raw: string): boolean {
  const digits = digitsOf(raw)
  return /^(?:0\d{8,10}|84\d{8,10})$/u.test(digits) && raw.split(/[.,]/u).every((group) => group.length >= 2)
}

function phoneKey(raw: string): string {
  const digits = digitsOf(raw)
  return /^84\d{8,10}$/u.test(digits) ? `0${digits.slice(2)}` : digits
}
