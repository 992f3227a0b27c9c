import { editDistance } from '../analyser/edit-distance.js'
import { getOrCreate } from '../get-or-create.js'

/** Only a word's beginning is indexed: slips further on are found through it. */
const PREFIX = 7
const LONG_WORD = 8

/** A word near the one asked for. */
export interface Neighbour {
  word: string
  distance: number
}

/**
 * Finds words within one slip (two for words of 8 letters and more) without looking through the vocabulary: two words that
 * are so near share a form with letters left out. Symmetric delete method (Garbe, 2012) on the first seven letters.
 */
export class DeletionIndex {
  private readonly words = new Map<string, string[]>()

  add(word: string): void {
    for (const form of deletions(word.slice(0, PREFIX), allowed(word))) {
      getOrCreate(this.words, form, () => []).push(word)
    }
  }

  /** Words near `word`, itself left out, the nearest first. */
  near(word: string): Neighbour[] {
    const max = allowed(word)
    const found = new Map<string, number>()
    for (const form of deletions(word.slice(0, PREFIX), max)) {
      for (const candidate of this.words.get(form) ?? []) {
        if (candidate === word || found.has(candidate)) continue
        const distance = editDistance(word, candidate, Math.min(max, allowed(candidate)))
        if (distance <= Math.min(max, allowed(candidate))) found.set(candidate, distance)
      }
    }
    return [...found].map(([near, distance]) => ({ word: near, distance })).sort((a, b) => a.distance - b.distance)
  }
}

const allowed = (word: string) => (word.length >= LONG_WORD ? 2 : 1)

function deletions(word: string, depth: number): Set<string> {
  const forms = new Set([word])
  let last = [word]
  for (let i = 0; i < depth; i++) {
    last = last.flatMap((form) => Array.from(form, (_, at) => form.slice(0, at) + form.slice(at + 1)))
    for (const form of last) forms.add(form)
  }
  return forms
}
