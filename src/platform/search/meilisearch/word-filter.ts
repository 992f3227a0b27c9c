import type { WordForms } from '../analyser/forms.js'
import { isStopword } from '../analyser/stopwords.js'
import type { Alternative, Reading } from '../reading/reading.js'
import { all, any, type Condition, isOneOf, not } from './filter.js'

/** Words beyond these are optional, as in the engine inside the process. */
const MAX_REQUIRED = 31
/** The most ways to read overlapping phrases. */
const MAX_PATHS = 64

/** Which documents have the words of a query. */
export interface WordConditions {
  /** All of them, each as typed or as one of its variants, phrases by any of their names. */
  all: Condition
  /** At least one. */
  some: Condition
}

/** Turns a reading into conditions on the aliases. `completions`: words that the last one may be the beginning of. */
export function wordConditions({ words, alternatives }: Reading, completions: readonly string[]): WordConditions {
  const meaningful = words.some((word) => !isStopword(word))
  const own = words.map((word, at) => {
    const required = at < MAX_REQUIRED && !(meaningful && isStopword(word))
    const keys = [word.key, ...word.variants.map(({ key }) => key), ...(at === words.length - 1 ? completions : [])]
    return required ? isOneOf('alias.words', keys) : null
  })
  const needed: Condition[] = []
  for (let at = 0; at < words.length; ) {
    const end = endOfCluster(alternatives, at)
    needed.push(any(pathsThrough(own, alternatives, at, end).map(all)))
    at = end
  }
  const single = own.filter((condition): condition is Condition => condition !== null)
  return { all: all(needed), some: any([...single, ...alternatives.map(({ phrase }) => hasPhrase(phrase))]) }
}

/** The words of a phrase stand next to each other, as far as pairs tell. */
export const hasPhrase = (keys: readonly string[]): Condition =>
  keys.length === 1
    ? isOneOf('alias.words', keys)
    : all(keys.slice(1).map((second, i) => isOneOf('alias.pairs', [`${keys[i] ?? ''} ${second}`])))

/** What a query says in quotes and after minus signs. */
export const operatorConditions = (
  phrases: readonly (readonly WordForms[])[],
  excluded: readonly (readonly WordForms[])[],
): Condition[] => [
  ...phrases.map((phrase) => hasPhrase(phrase.map(({ key }) => key))),
  ...excluded.map((phrase) => not(hasPhrase(phrase.map(({ key }) => key)))),
]

/** Where a run of overlapping alternatives that starts at a word ends; the next word where there is none. */
function endOfCluster(alternatives: readonly Alternative[], from: number): number {
  let end = from + 1
  for (let grown = true; grown; ) {
    grown = false
    for (const { from: start, to } of alternatives) {
      if (start >= from && start < end && to > end) {
        end = to
        grown = true
      }
    }
  }
  return end
}

/** All ways to go from one word to another by single words and whole phrases. */
function pathsThrough(
  own: readonly (Condition | null)[],
  alternatives: readonly Alternative[],
  from: number,
  to: number,
): Condition[][] {
  let open: { at: number; path: Condition[] }[] = [{ at: from, path: [] }]
  const finished: Condition[][] = []
  while (open.length > 0) {
    const next: typeof open = []
    for (const { at, path } of open) {
      if (at >= to) {
        finished.push(path)
        continue
      }
      const word = own[at] ?? null
      next.push({ at: at + 1, path: word === null ? path : [...path, word] })
      for (const { to: end, phrase } of alternatives.filter(({ from: start }) => start === at)) {
        next.push({ at: end, path: [...path, hasPhrase(phrase)] })
      }
    }
    open = next.slice(0, Math.max(0, MAX_PATHS - finished.length))
  }
  return finished
}
