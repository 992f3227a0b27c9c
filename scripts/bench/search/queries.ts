import { fold } from '../../../src/platform/search/index.js'
import { inventFirm } from './firms.js'
import type { Language } from './language.js'
import { type Random, randomFrom } from './random.js'

/** What is asked of an engine: as many of each kind as are asked for, the same for the same number. */
export interface Questions {
  /** 1 to 4 words, as people type them: half without accents, some with a slip or the last word unfinished. */
  short: readonly string[]
  /** 1 to 10 words. */
  long: readonly string[]
  /** The beginnings of names. */
  begun: readonly string[]
  /** Needs of 100 words. */
  needs: readonly string[]
  hostile: readonly string[]
}

export function inventQuestions(count: number, firms: number, language: Language): Questions {
  const random = randomFrom(firms)
  const many = (make: () => string) => Array.from({ length: count }, make)
  const wordsOf = (most: number) => {
    const text = String(inventFirm(random.below(firms), language).description)
      .replace(/[.,]/g, '')
      .split(' ')
    const length = Math.min(text.length, 1 + random.below(most))
    const from = random.below(text.length - length + 1)
    return text.slice(from, from + length).join(' ')
  }
  return {
    short: many(() => typed(random, wordsOf(4))),
    long: many(() => typed(random, wordsOf(10))),
    begun: many(() => {
      const name = fold(String(inventFirm(random.below(firms), language).name))
      return name.slice(0, 2 + random.below(8))
    }),
    needs: many(() =>
      Array.from({ length: 10 }, () => wordsOf(19))
        .join(', ')
        .split(' ')
        .slice(0, 100)
        .join(' '),
    ),
    hostile: [
      Array.from({ length: 10_000 }, (_, n) => `word${n}`).join(' '),
      language.text(random, 10_000),
      ...'aeiountc'.split(''),
      'là và của cho không có những các được',
      'a'.repeat(100_000),
      `${'('.repeat(500)}a+${')+'.repeat(500)}`,
      '" '.repeat(2_000),
      '-x '.repeat(2_000),
      '\u0301'.repeat(5_000),
    ],
  }
}

function typed(random: Random, words: string): string {
  let text = random.next() < 0.5 ? fold(words) : words
  if (random.next() < 0.2) {
    const at = random.below(text.length)
    text = text.slice(0, at) + text.slice(at + 1)
  }
  return random.next() < 0.3 ? text.slice(0, Math.max(2, text.length - 2)) : text
}
