import { compileLexicon, type Span, words } from '../../../platform/search/index.js'
import { type OtherMatter, otherMatters } from './other-matters.js'
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
    const covered = coveredBy(match?.phrases[0]?.concept ?? '', match?.length ?? 1)
    const last = tokens[at + covered - 1]
    if (match && first && last) spans.push({ start: first.start, end: last.end })
    at += covered
  }
  return spans
}

let made: ReturnType<typeof compileLexicon> | undefined

/** The phrases in the form in which they are found, made ready when they are first needed. */
function compiled(): ReturnType<typeof compileLexicon> {
  made ??= compileLexicon({ version: 1, concepts: otherMatters().flatMap(conceptsOf), abbreviations: {} })
  return made
}

const WHOLE = 'whole'
const conceptOf = (covered: string | number) => `other-matters:${covered}`

/** How many words of a phrase are another matter. */
function coveredBy(concept: string, length: number): number {
  const covered = concept.slice(conceptOf('').length)
  return covered === WHOLE || covered === '' ? length : Number(covered)
}

const conceptsOf = ({ names, before, after, keepsRest = false }: OtherMatter) =>
  names.map((name) => ({
    id: conceptOf(keepsRest ? words(name).length : WHOLE),
    terms: [
      ...before.flatMap((word) => BETWEEN.map((between) => `${word} ${between}${name}`)),
      ...after.map((word) => `${name} ${word}`),
    ].flatMap(asTyped),
    abbreviations: [],
    cues: [],
  }))
