import type { Span } from '../port.js'
import { CODE_PATTERN, codeKey } from './codes.js'
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
const INVISIBLE = new RegExp(HIDDEN, 'gu')
const WORD = `[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}]|${HIDDEN})*`
const JOINED_WORD = `${WORD}(?:[.\\-_&'’@]${WORD})*`
const TOKEN = new RegExp(`${CODE_PATTERN}|${JOINED_WORD}`, 'gu')
const PIECE = new RegExp(WORD, 'gu')
const CAMEL = /(?<=[\p{Ll}\p{M}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u
const PHRASE_GAP = /^[\s\-_/.&'’@]*$/u
const SENTENCE_END = /\.\s|\n/u
const MAX_PARTS = 5

/** Splits a text into words and codes, in order. Never throws; the offsets of a token cut its own text out of `text`. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    const gap = text.slice(end, match.index)
    const joined = tokens.length > 0 && PHRASE_GAP.test(gap) && !SENTENCE_END.test(gap)
    tokens.push(...readToken(match[0], match.index, joined))
    end = match.index + match[0].length
  }
  return tokens
}

/** The plain words of a text: compounds give their parts. */
export function words(text: string): Token[] {
  return flatten(tokenise(text))
}

/** Compounds replaced by their parts. */
export function flatten(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => (token.parts.length > 0 ? token.parts : [token]))
}

function readToken(raw: string, start: number, joined: boolean): Token[] {
  const code = codeKey(raw)
  if (code !== null) {
    const forms = { text: code, exact: code, folded: code, key: code, accented: false }
    return [{ ...forms, start, end: start + raw.length, joined, parts: [] }]
  }
  const parts = readParts(raw, start, joined)
  if (parts.length === 1 || parts.length > MAX_PARTS) return parts
  const glued = raw.includes('&') ? raw : parts.map((part) => part.text).join('')
  return [{ ...wordForms(glued), start, end: start + raw.length, joined, parts }]
}

function readParts(raw: string, start: number, joined: boolean): Token[] {
  const parts: Token[] = []
  for (const piece of raw.matchAll(PIECE)) {
    if (isPossessive(raw, piece.index, piece[0])) continue
    let at = start + piece.index
    for (const word of splitCamel(piece[0])) {
      const first = parts.length === 0
      parts.push(plainToken(word, at, first ? joined : true))
      at += word.length
    }
  }
  return parts
}

const isPossessive = (raw: string, at: number, piece: string) =>
  at > 0 && /['’]/u.test(raw.charAt(at - 1)) && /^s$/iu.test(piece)

/** `SaoMai` as its two words; `IoT` and `APIs` stay whole. */
function splitCamel(word: string): string[] {
  const pieces = word.split(CAMEL)
  return pieces.length > 1 && pieces.every((piece) => piece.length >= 2 && !/^.s$/u.test(piece)) ? pieces : [word]
}

function plainToken(word: string, start: number, joined: boolean): Token {
  return { ...wordForms(word.replace(INVISIBLE, '')), start, end: start + word.length, joined, parts: [] }
}
