import { isStopword, type Token, words } from '../../../platform/search/index.js'

/** A word of a text that carries meaning, or a pair of neighbours; pairs have a space in their key. */
export interface Feature {
  key: string
  /** The accented spellings; a word typed with other accents is another word. */
  exact: string
  accented: boolean
  start: number
  end: number
}

/** The words of a text that carry meaning, and the pairs of neighbours of which one does. */
export function featuresOf(text: string): Feature[] {
  const features: Feature[] = []
  let before: Token | null = null
  for (const word of words(text)) {
    const plain = isStopword(word)
    const { key, exact, accented, start, end } = word
    if (!plain && !/^\d+$/.test(key)) features.push({ key, exact, accented, start, end })
    if (before && word.joined && !(plain && isStopword(before))) {
      const pair = {
        key: `${before.key} ${key}`,
        exact: `${before.exact} ${exact}`,
        accented: accented || before.accented,
      }
      features.push({ ...pair, start: before.start, end })
    }
    before = word
  }
  return features
}

export const isPair = (key: string): boolean => key.includes(' ')

/** How many times a word's worth a pair's is: two neighbours say more than the same syllables apart. */
export const PAIR = 1.3
