import { compileLexicon, type Span, words } from '../../../platform/search/index.js'
import { otherMatters } from './other-matters.js'
import { asTyped } from './short-names.js'

/** What may stand between a word and the name: "thuê một kho lạnh", "rent a cold store". */
const BETWEEN = ['', 'một ', 'cái ', 'a ', 'an ', 'the ', 'my ']

/** Where a text speaks of the thing that a service is about and not of the service: "thuê kho lạnh", "học lập trình", "mua camera cũ". */
export function findOtherMatters(text: string): Span[] {
  const tokens = words(text)
  const { trie } = compiled()
  const spans: Span[] = []
  for (let at = 0; at < tokens.length; ) {
    const match = trie.longestAt(tokens, at)
    const first = tokens[at]
    const last = tokens[at + (match?.length ?? 1) - 1]
    if (match && first && last) spans.push({ start: first.start, end: last.end })
    at += match?.length ?? 1
  }
  return spans
}

let made: ReturnType<typeof compileLexicon> | undefined

/** The phrases in the form in which they are found, made ready when they are first needed. */
function compiled(): ReturnType<typeof compileLexicon> {
  made ??= compileLexicon({
    version: 1,
    concepts: [{ id: 'other-matters', terms: phrases().flatMap(asTyped), abbreviations: [], cues: [] }],
    abbreviations: {},
  })
  return made
}

const phrases = (): string[] =>
  otherMatters().flatMap(({ names, before, after }) =>
    names.flatMap((name) => [
      ...before.flatMap((word) => BETWEEN.map((between) => `${word} ${between}${name}`)),
      ...after.map((word) => `${name} ${word}`),
    ]),
  )
