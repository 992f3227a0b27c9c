import { ownCopy } from './own-copy.js'

/** Tokens that are more than letters: `c++`, `.net`, `4.0`, phone numbers, tax codes. */

const NOT_INSIDE = '(?<![\\p{L}\\p{N}])'
const NOT_BEFORE = '(?![\\p{L}\\p{N}])'

/** 10 digits, or 10-3 for a branch. */
const TAX_CODE = '\\d{10}-\\d{3}'
/** Vietnamese numbers of 9 to 11 digits in up to three groups, with 0 or +84 in front. */
const PHONE = `(?=(?:\\+?84|0)(?:[ .-]?\\d){8,10}${NOT_BEFORE})(?:\\+?84[ .-]?\\d{1,3}|0\\d{1,3})[ .-]?\\d{3,4}[ .-]?\\d{3,4}`
const HOTLINE = '1[89]00[ .-]?\\d{2,4}(?:[ .-]?\\d{2})?'
const NUMBER = '\\d+(?:[.,]\\d+)+'
const DOT_NET = '\\.[nN][eE][tT]'
const C_FAMILY = '\\p{L}{1,2}(?:\\+{1,2}|#)'

const sticky = (...patterns: string[]) => new RegExp(`${NOT_INSIDE}(?:${patterns.join('|')})${NOT_BEFORE}`, 'yu')
const NUMERIC = sticky(TAX_CODE, PHONE, HOTLINE, NUMBER)
const LETTERED = sticky(C_FAMILY)
const DOTTED = sticky(DOT_NET)

/** A code in a text. */
export interface Code {
  start: number
  end: number
  /** The comparable form, e.g. `0912345678` for `+84 912 345 678`. */
  key: string
}

/** The code that a word at `start` to `end` is part of, or null for an ordinary word. Only looks where a code can be. */
export function codeAt(text: string, start: number, end: number): Code | null {
  const before = text.charCodeAt(start - 1)
  if (isDigit(text.charCodeAt(start))) {
    return (
      read(NUMERIC, text, before === PLUS ? start - 1 : start, numericKey) ??
      (before === PLUS ? read(NUMERIC, text, start, numericKey) : null)
    )
  }
  const after = text.charCodeAt(end)
  if (after === PLUS || after === HASH) return read(LETTERED, text, start, (raw) => raw.toLowerCase())
  return before === DOT ? read(DOTTED, text, start - 1, (raw) => raw.toLowerCase()) : null
}

const PLUS = 0x2b
const HASH = 0x23
const DOT = 0x2e
const isDigit = (code: number) => code >= 0x30 && code <= 0x39

function read(pattern: RegExp, text: string, start: number, keyOf: (raw: string) => string): Code | null {
  pattern.lastIndex = start
  const raw = pattern.exec(text)?.[0]
  return raw === undefined ? null : { start, end: start + raw.length, key: keyOf(ownCopy(raw)) }
}

const THOUSANDS = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/u

function numericKey(raw: string): string {
  const digits = raw.replace(/\D/gu, '')
  const isPhone = /^(?:0\d{8,10}|84\d{8,10})$/u.test(digits) && raw.split(/[.,]/u).every((group) => group.length >= 2)
  if (/^\d{10}-\d{3}$/u.test(raw)) return raw
  if (isPhone) return digits.startsWith('84') ? `0${digits.slice(2)}` : digits
  if (THOUSANDS.test(raw) || !/[.,]/u.test(raw)) return digits
  return /^1[89]00/u.test(digits) && digits.length >= 6 ? digits : raw.replace(/,/gu, '.')
}
