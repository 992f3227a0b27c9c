import { fold } from './fold.js'

/** What a character is to words. Kept by UTF-16 unit: asking Unicode for each character of each text takes long. */
const KNOWN = 1
/** A letter or a digit. */
const STARTS = 2
/** A letter, a digit, an accent or a character that shows nothing. */
const GOES_ON = 4
const CAPITAL = 8
const JOINS = 16
const kinds = new Uint8Array(2 ** 16)

const START = /^[\p{L}\p{N}]$/u
// Soft hyphen, zero-width (non-)joiner, word joiner, BOM: invisible inside a word.
const INSIDE = /^(?:[\p{L}\p{N}\p{M}]|\u00ad|\u200c|\u200d|\u2060|\ufeff)$/u
const UPPER = /^\p{Lu}$/u
const LATIN_OR_DIGIT = /^[a-z0-9]/
const JOINERS = ".-_&'’@"

/** Whether a word can begin at a place. */
export const canStart = (text: string, at: number): boolean => at < text.length && (kindAt(text, at) & STARTS) !== 0

/** Whether a word can be joined to the one before by the character at a place (`node.js`, `R&D`). */
export const isJoiner = (text: string, at: number): boolean => at < text.length && (kindAt(text, at) & JOINS) !== 0

/** What a word begins with once it is folded, where that is a letter of the Latin alphabet or a digit; 0 for others. */
export function initialAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  if (isSurrogate(unit)) return 0
  if ((initials[unit] as number) === 0) initials[unit] = 1 + initialOf(text.charAt(at))
  return (initials[unit] as number) - 1
}

const initials = new Uint8Array(2 ** 16)

function initialOf(character: string): number {
  const folded = fold(character)
  return LATIN_OR_DIGIT.test(folded) ? folded.charCodeAt(0) : 0
}

/** Where the word that begins at `start` ends: the place after its last UTF-16 unit. */
export function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length && (kindAt(text, at) & GOES_ON) !== 0) at += unitsAt(text, at)
  return at
}

/** Whether a word has a capital after its first letter. */
export function hasInnerCapital(text: string, start: number, end: number): boolean {
  for (let at = start + unitsAt(text, start); at < end; at += unitsAt(text, at))
    if ((kindAt(text, at) & CAPITAL) !== 0) return true
  return false
}

function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  const known = kinds[unit] as number
  return known !== 0 ? known : unknownKind(text, at, unit)
}

function unknownKind(text: string, at: number, unit: number): number {
  if (isSurrogate(unit)) return kindOf(String.fromCodePoint(text.codePointAt(at) ?? 0))
  const kind = kindOf(text.charAt(at))
  kinds[unit] = kind
  return kind
}

const kindOf = (character: string) =>
  KNOWN |
  (START.test(character) ? STARTS : 0) |
  (INSIDE.test(character) ? GOES_ON : 0) |
  (UPPER.test(character) ? CAPITAL : 0) |
  (JOINERS.includes(character) ? JOINS : 0)

const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff

/** How many UTF-16 units a character takes. */
const unitsAt = (text: string, at: number) =>
  isSurrogate(text.charCodeAt(at)) && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
