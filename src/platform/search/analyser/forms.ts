import { exactForm, fold, lower, unifyIy } from './fold.js'
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
const MEMO_SIZE = 50_000
const memo = new Map<string, WordForms>()

/** The forms of one word without spaces; a pure function, remembered because running text repeats its words. */
export function wordForms(raw: string): WordForms {
  const known = memo.get(raw)
  if (known) return known
  const forms = makeForms(raw)
  if (memo.size >= MEMO_SIZE) memo.clear()
  memo.set(raw, forms)
  return forms
}

function makeForms(raw: string): WordForms {
  const text = lower(raw.slice(0, MAX_LENGTH).replace(INVISIBLE, ''))
  const folded = fold(text)
  return { text, exact: exactForm(text), folded, key: stem(unifyIy(folded)), accented: text !== folded }
}
