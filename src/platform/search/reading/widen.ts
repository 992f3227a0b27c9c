import { wordForms } from '../analyser/forms.js'
import { isStopword } from '../analyser/stopwords.js'
import type { Catalogue } from './catalogue.js'
import { plainWord, type QueryWord, type Reading } from './reading.js'
import { likelySlips, mayBeSlip } from './repair.js'

const SLIP = 0.4
const MAX_VARIANTS = 5
/** A query longer than this has enough other words to go by. */
const MAX_WIDENED = 12

/**
 * A second reading for when nothing was found: every word may be a slip, even one that is a word itself (`phần mền`). A word that
 * fits none of its neighbours gives way to one that does; the others only gain variants.
 */
export function widen(reading: Reading, catalogue: Catalogue): Reading {
  const words = [...reading.words]
  let replaced = false
  words.forEach((word, at) => {
    if (isStopword(word) || at >= MAX_WIDENED) return
    const neighbours = { before: words[at - 1], after: words[at + 1] }
    const slips = likelySlips(word, neighbours, catalogue).slice(0, MAX_VARIANTS)
    const [best] = slips
    const near = best === undefined ? null : wordForms(best)
    const misfit = near !== null && !fits(word, neighbours, catalogue) && fits(near, neighbours, catalogue)
    if (misfit && mayBeSlip(word, near, catalogue)) {
      words[at] = plainWord({ ...near, joined: word.joined })
      replaced = true
      return
    }
    const variants = slips.map((slip) => ({ key: wordForms(slip).key, weight: SLIP }))
    words[at] = { ...word, variants: [...word.variants, ...variants] }
  })
  return { ...reading, words, changed: replaced || reading.changed }
}

function fits(
  word: ReturnType<typeof wordForms>,
  { before, after }: { before: QueryWord | undefined; after: QueryWord | undefined },
  catalogue: Catalogue,
): boolean {
  return (
    (before !== undefined && catalogue.hasPair(before, word)) || (after !== undefined && catalogue.hasPair(word, after))
  )
}
