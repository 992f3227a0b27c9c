import { fold } from '../../../platform/search/index.js'

/** A text as the terms that are counted in it. */
export type Terms = (text: string) => readonly string[]

const letters = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
const kept: Terms = (text) => letters(text.normalize('NFC').toLowerCase())
const folded: Terms = (text) => letters(fold(text))

/** What a plain search is measured in: words as they are written, without accents, and those with each pair of neighbours. */
export const DRESSES = {
  'BM25, accents kept': kept,
  'BM25, folded': folded,
  'BM25, folded, with bigrams': (text) => {
    const words = folded(text)
    return [...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)]
  },
} as const satisfies Record<string, Terms>

const K1 = 1.2
const B = 0.75

/**
 * BM25 as in the textbook (Robertson and Zaragoza, 2009), over whole texts and without a word list or a field: what the matcher is
 * held against, and therefore nothing of the product's own search. Answers the ids of the texts that share a term with the
 * question, best first; ties in the order given.
 */
export function bm25(documents: readonly { id: string; text: string }[], terms: Terms): (question: string) => string[] {
  const counted = documents.map(({ id, text }) => ({ id, counts: countsOf(terms(text)) }))
  const lengths = counted.map(({ counts }) => sumOf(counts.values()))
  const meanLength = sumOf(lengths) / Math.max(1, lengths.length)
  const holders = countsOf(counted.flatMap(({ counts }) => [...counts.keys()]))
  const rarity = (term: string) => {
    const n = holders.get(term) ?? 0
    return Math.log(1 + (documents.length - n + 0.5) / (n + 0.5))
  }

  return (question) => {
    const asked = countsOf(terms(question))
    const scored = counted.map(({ id, counts }, at) => {
      const long = K1 * (1 - B + (B * (lengths[at] ?? 0)) / meanLength)
      const worth = ([term, times]: [string, number]) => {
        const count = counts.get(term) ?? 0
        return (times * rarity(term) * count * (K1 + 1)) / (count + long)
      }
      return { id, score: sumOf([...asked].map(worth)) }
    })
    return scored
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ id }) => id)
  }
}

function countsOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

const sumOf = (numbers: Iterable<number>) => [...numbers].reduce((sum, number) => sum + number, 0)
