import type { Span } from '../port.js'
import { codeAt } from './codes.js'
import { type WordForms, wordForms } from './forms.js'

/** A word of a text and where it stands: UTF-16 offsets into the text as it was given, NFC or NFD. */
export interface Token extends Span, WordForms {
  /** Whether only spaces or joiners lie between it and the word before: the two may form a phrase. */
  joined: boolean
  /** The words of a compound (`node.js`, `e-invoice`, `SaoMai`); empty for a plain word. */
  parts: readonly Token[]
}

// Soft hyphen, zero-width (non-)joiner, word joiner, BOM: invisible inside a word.
const HIDDEN = '\\u00ad|\\u200c|\\u200d|\\u2060|\\ufeff'
const WORD = new RegExp(`[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}]|${HIDDEN})*`, 'gu')
const WORD_AFTER_JOINER = new RegExp(`[.\\-_&'’@](${WORD.source})`, 'yu')
const CAMEL = /(?<=[\p{Ll}\p{M}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u
const INNER_CAPITAL = /.\p{Lu}/u
const PHRASE_GAP = /^[\s\-_/.&'’@]*$/u
const SENTENCE_END = /\.\s|\n/u
const APOSTROPHE = /^['’]/u
const MAX_PARTS = 5
const NONE: readonly Token[] = []

/** Splits a text into words and codes, in order. Never throws; the offsets of a token cut its own text out of `text`. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(WORD)
  let end = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const code = codeAt(text, match.index, pattern.lastIndex)
    const start = code?.start ?? match.index
    const joined = tokens.length > 0 && canJoin(text, end, start)
    if (code) tokens.push(codeToken(code, joined))
    else tokens.push(...readWord(text, start, match[0], joined))
    end = code?.end ?? tokens.at(-1)?.end ?? pattern.lastIndex
    pattern.lastIndex = end
  }
  return tokens
}

/** The plain words of a text: compounds give their parts. */
export function words(text: string): Token[] {
  return flatten(tokenise(text))
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
  return { text: key, exact: key, folded: key, key, accented: false, start, end, joined, parts: NONE }
}

/** A word with what is joined to it by a dot, hyphen or the like. */
function readWord(text: string, start: number, first: string, joined: boolean): Token[] {
  let end = start + first.length
  const parts = splitCamel(first, start, joined)
  WORD_AFTER_JOINER.lastIndex = end
  for (let match = WORD_AFTER_JOINER.exec(text); match; match = WORD_AFTER_JOINER.exec(text)) {
    const word = match[1] ?? ''
    end = WORD_AFTER_JOINER.lastIndex
    if (isPossessive(match[0])) continue
    const last = parts.at(-1)
    if (last && APOSTROPHE.test(match[0])) parts[parts.length - 1] = contracted(last, word, end)
    else parts.push(...splitCamel(word, end - word.length, true))
  }
  const [only] = parts
  if (parts.length === 1 && only) return [only.end === end ? only : { ...only, end }]
  if (parts.length > MAX_PARTS) return parts
  const glued = text.slice(start, end).includes('&') ? text.slice(start, end) : parts.map((part) => part.text).join('')
  return [{ ...wordForms(glued), start, end, joined, parts }]
}

/** `don't` is one word. */
const contracted = (first: Token, second: string, end: number): Token => ({
  ...first,
  ...wordForms(first.text + second),
  end,
})

const isPossessive = (joinedWord: string) => /^['’]s$/iu.test(joinedWord)

/** `SaoMai` as its two words; `IoT` and `APIs` stay whole. */
function splitCamel(word: string, start: number, joined: boolean): Token[] {
  const pieces = INNER_CAPITAL.test(word) ? word.split(CAMEL) : [word]
  const whole = pieces.length === 1 || pieces.some((piece) => piece.length < 2 || /^.s$/u.test(piece))
  let at = start
  return (whole ? [word] : pieces).map((piece, i) => {
    const token = plainToken(piece, at, i > 0 || joined)
    at = token.end
    return token
  })
}

function plainToken(word: string, start: number, joined: boolean): Token {
  const { text, exact, folded, key, accented } = wordForms(word)
  return { text, exact, folded, key, accented, start, end: start + word.length, joined, parts: NONE }
}
