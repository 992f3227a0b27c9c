import type { Span } from '../port.js'
import { canStart, endOfWord, hasInnerCapital, initialAt, isJoiner } from './characters.js'
import { codeAt } from './codes.js'
import { type WordForms, wordFormsAt } from './forms.js'

/** A word of a text and where it stands: UTF-16 offsets into the text as it was given, NFC or NFD. */
export interface Token extends Span, WordForms {
  /** Whether only spaces or joiners lie between it and the word before: the two may form a phrase. */
  joined: boolean
  /** The word's forms by themselves: mostly the same object for the same writing, by which what is known of a word can be remembered. */
  forms: WordForms
  /** The words of a compound (`node.js`, `e-invoice`, `SaoMai`); empty for a plain word. */
  parts: readonly Token[]
}

const CAMEL = /(?<=[\p{Ll}\p{M}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u
const PHRASE_GAP = /^[\s\-_/.&'’@]*$/u
const SENTENCE_END = /\.\s|\n/u
const APOSTROPHE = /^['’]/u
const POSSESSIVE = /^s$/iu
const MAX_PARTS = 5
const NONE: readonly Token[] = []

/** Stands for the forms of a word that nobody looks for. */
const UNREAD: WordForms = { text: '', exact: '', folded: '', key: '', accented: false }

/**
 * Splits a text into words and codes, in order. Never throws; the offsets of a token cut its own text out of `text`. With `initials`
 * (see `initialAt`) plain words that begin otherwise are not read: one token with empty forms stands for all of them in a row.
 */
export function tokenise(text: string, initials?: ReadonlySet<number>): Token[] {
  const tokens: Token[] = []
  let before = 0
  for (let start = nextStart(text, 0); start < text.length; start = nextStart(text, before)) {
    const end = endOfWord(text, start)
    const code = codeAt(text, start, end)
    const isSimple = !code && isPlain(text, start, end)
    if (isSimple && !isWanted(text, start, initials)) {
      if (tokens.at(-1)?.forms !== UNREAD) tokens.push(tokenOf(UNREAD, start, end, false))
      before = end
      continue
    }
    const joined = tokens.length > 0 && canJoin(text, before, code?.start ?? start)
    if (code) tokens.push(codeToken(code, joined))
    else if (isSimple) tokens.push(plainToken(text, start, end, joined))
    else tokens.push(...readWord(text, start, end, joined))
    before = tokens.at(-1)?.end ?? end
  }
  return tokens
}

function nextStart(text: string, from: number): number {
  let at = from
  while (at < text.length && !canStart(text, at)) at++
  return at
}

/** Most words are neither compounds nor joined to another. */
const isPlain = (text: string, start: number, end: number) => !goesOnAt(text, end) && !hasInnerCapital(text, start, end)

/** Whether another word is joined to one that ends at a place. */
const goesOnAt = (text: string, end: number) => isJoiner(text, end) && canStart(text, end + 1)

const isWanted = (text: string, start: number, initials: ReadonlySet<number> | undefined) => {
  if (!initials) return true
  const initial = initialAt(text, start)
  return initial === 0 || initials.has(initial)
}

/** The plain words of a text: compounds give their parts. */
export function words(text: string, initials?: ReadonlySet<number>): Token[] {
  return flatten(tokenise(text, initials))
}

/** Compounds replaced by their parts. */
export function flatten(tokens: readonly Token[]): Token[] {
  return tokens.some(({ parts }) => parts.length > 0)
    ? tokens.flatMap((token) => (token.parts.length > 0 ? token.parts : [token]))
    : [...tokens]
}

function canJoin(text: string, from: number, to: number): boolean {
  if (to - from === 1) return text.charCodeAt(from) === 0x20 || isGap(text.charAt(from))
  return isGap(text.slice(from, to))
}

const isGap = (between: string) => PHRASE_GAP.test(between) && !SENTENCE_END.test(between)

function codeToken({ start, end, key }: { start: number; end: number; key: string }, joined: boolean): Token {
  const forms = { text: key, exact: key, folded: key, key, accented: false }
  return tokenOf(forms, start, end, joined)
}

/** A word with what is joined to it by a dot, hyphen or the like. */
function readWord(text: string, start: number, firstEnd: number, joined: boolean): Token[] {
  let end = firstEnd
  const parts = splitCamel(text.slice(start, end), start, joined)
  while (goesOnAt(text, end)) {
    const joiner = text.charAt(end)
    const from = end + 1
    end = endOfWord(text, from)
    const word = text.slice(from, end)
    const isApostrophe = APOSTROPHE.test(joiner)
    if (isApostrophe && POSSESSIVE.test(word)) continue
    const last = parts.at(-1)
    if (last && isApostrophe) parts[parts.length - 1] = contracted(last, word, end)
    else parts.push(...splitCamel(word, from, true))
  }
  const [only] = parts
  if (parts.length === 1 && only) return [only.end === end ? only : { ...only, end }]
  if (parts.length > MAX_PARTS) return parts
  const glued = text.slice(start, end).includes('&') ? text.slice(start, end) : parts.map((part) => part.text).join('')
  return [{ ...plainToken(glued, 0, glued.length, joined), start, end, parts }]
}

/** `don't` is one word. */
const contracted = (first: Token, second: string, end: number): Token => ({
  ...plainToken(first.text + second, 0, first.text.length + second.length, first.joined),
  start: first.start,
  end,
})

/** `SaoMai` as its two words; `IoT` and `APIs` stay whole. */
function splitCamel(word: string, start: number, joined: boolean): Token[] {
  const pieces = hasInnerCapital(word, 0, word.length) ? word.split(CAMEL) : [word]
  const whole = pieces.length === 1 || pieces.some((piece) => piece.length < 2 || /^.s$/u.test(piece))
  let at = start
  return (whole ? [word] : pieces).map((piece, i) => {
    const token = plainToken(word, at - start, at - start + piece.length, i > 0 || joined)
    at += piece.length
    return { ...token, start: at - piece.length, end: at }
  })
}

const plainToken = (from: string, start: number, end: number, joined: boolean): Token =>
  tokenOf(wordFormsAt(from, start, end), start, end, joined)

// Spread out by hand: there are very many of them.
function tokenOf(forms: WordForms, start: number, end: number, joined: boolean): Token {
  const { text, exact, folded, key, accented } = forms
  return { text, exact, folded, key, accented, start, end, joined, forms, parts: NONE }
}
