import { exactForm, fold, lower, unifyIy } from './fold.js'
import { ownCopy } from './own-copy.js'
import { stem } from './stem.js'

/** One word in the forms it is compared in. */
export interface WordForms {
  /** Lower-cased, accents kept: what a reader is shown. */
  text: string
  /** The accented spelling made comparable (tone placement, i/y): equal for two spellings of one syllable. */
  exact: string
  /** Without accents, not stemmed: what prefixes and slips are looked up by. */
  folded: string
  /** What recall goes by: folded, i/y unified, English stemmed. */
  key: string
  /** Whether it was written with an accent or đ. */
  accented: boolean
}

/** Words longer than this are compared by their beginning: no dictionary has them. */
const MAX_LENGTH = 64
// Soft hyphen, zero-width (non-)joiner, word joiner, BOM: they show nothing.
const INVISIBLE = /\u00ad|\u200c|\u200d|\u2060|\ufeff/gu
/** Running text repeats its words: what was made last is kept by a hash of the writing, in one of a few places; long words are not. */
const MEMO_SIZE = 2 ** 17
const PLACES = 4
const hashes = new Int32Array(MEMO_SIZE)
const writings = new Array<string>(MEMO_SIZE).fill('')
const made = new Array<WordForms | undefined>(MEMO_SIZE)

/** The forms of one word without spaces; a pure function. */
export const wordForms = (raw: string): WordForms => wordFormsAt(raw, 0, raw.length)

/** The forms of the word at a place of a text, which they do not keep. The same writing mostly gives the same object. */
export function wordFormsAt(text: string, start: number, end: number): WordForms {
  if (end - start > MAX_LENGTH) return makeForms(ownCopy(text.slice(start, start + MAX_LENGTH)))
  const hash = hashOf(text, start, end)
  const first = hash & (MEMO_SIZE - PLACES)
  for (let place = first; place < first + PLACES; place++) {
    if (hashes[place] !== hash) continue
    const writing = writings[place] as string
    if (writing.length === end - start && text.startsWith(writing, start)) return made[place] ?? makeForms(writing)
  }
  const raw = ownCopy(text.slice(start, end))
  const forms = makeForms(raw)
  const place = first + ((hash >>> 24) & (PLACES - 1))
  hashes[place] = hash
  writings[place] = raw
  made[place] = forms
  return forms
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash ^ (hash >>> 15)
}

function makeForms(raw: string): WordForms {
  const text = lower(raw.replace(INVISIBLE, ''))
  const folded = fold(text)
  return { text, exact: exactForm(text), folded, key: stem(unifyIy(folded)), accented: text !== folded }
}
