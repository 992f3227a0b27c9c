import type { WordForms } from '../analyser/forms.js'
import { isSyllable } from '../analyser/syllable.js'
import { uniqueFeatures } from './features.js'
import { agreesInAccents, type Phrase } from './phrases.js'
import type { Profiles } from './profiles.js'

/** Words further away say nothing of a short form. */
const REACH = 16
/** A syllable is half a word. */
const SYLLABLE = 0.5
/** What letters that cannot be the phrase's take away: `dt` may be `điện thoại`, `đt` is never `doanh thu`. */
const OTHER_LETTERS = 1
/** How much more must speak for one meaning than for the next for it to be certain. */
const CERTAIN = 0.2

/** The meanings of a short form, the likelier first. */
export interface Meanings {
  phrases: readonly Phrase[]
  /** Whether the words around leave no doubt of the first. */
  certain: boolean
}

/**
 * Puts the phrases of one short form, which stands at `at` and is `length` words long, in the order in which the text around speaks for
 * what they stand for; equal ones stay as they are. `further` adds what else is known of a phrase.
 */
export function byContext(
  phrases: readonly Phrase[],
  text: readonly WordForms[],
  { at, length }: { at: number; length: number },
  profiles: Profiles,
  further: (phrase: Phrase) => number = () => 0,
): Meanings {
  if (phrases.length < 2) return { phrases, certain: true }
  const told = support(text.slice(Math.max(0, at - REACH), at), text.slice(at + length, at + length + REACH), profiles)
  const short = text.slice(at, at + length)
  const ranked = phrases
    .map((phrase) => ({
      phrase,
      weight:
        (told.get(phrase.concept ?? '') ?? 0) +
        further(phrase) -
        (spellsOtherLetters(short, phrase) ? OTHER_LETTERS : 0),
    }))
    .sort((a, b) => b.weight - a.weight)
  const [first, second] = ranked
  return {
    phrases: ranked.map(({ phrase }) => phrase),
    certain: (first?.weight ?? 0) - (second?.weight ?? 0) >= CERTAIN,
  }
}

/** By concept, how much the words and pairs around are its own: those that few concepts share count for more. */
function support(
  before: readonly WordForms[],
  after: readonly WordForms[],
  { holders, concepts }: Profiles,
): ReadonlyMap<string, number> {
  const told = new Map<string, number>()
  for (const { key, words } of [...uniqueFeatures(before), ...uniqueFeatures(after)]) {
    const holding = holders.get(key) ?? []
    const syllable = words.length === 1 && isSyllable(words[0]?.folded ?? '')
    const worth = (Math.log((concepts + 1) / holding.length) / Math.log(concepts + 1)) * (syllable ? SYLLABLE : 1)
    for (const { concept, words: own } of holding) {
      if (words.every((word, i) => agreesInAccents(word, own[i] ?? word)))
        told.set(concept, (told.get(concept) ?? 0) + worth)
    }
  }
  return told
}

/** Whether a short form typed with đ has d and đ elsewhere than the words that it stands for begin with them. */
function spellsOtherLetters(short: readonly WordForms[], { reading, words }: Phrase): boolean {
  const [typed, ...rest] = short
  if (!typed?.accented || rest.length > 0) return false
  const initials = (reading?.words ?? words).map(({ text }) => text.charAt(0))
  const letters = [...typed.text]
  if (letters.length !== initials.length) return false
  return letters.some((letter, i) => (letter === 'đ') !== (initials[i] === 'đ'))
}
